import type { TreeEntry, TreeGroup, TreeGroupType, TreeProject } from '../../server/src/lsp/messages.ts';
import { treeGroupLabel } from './group-labels.ts';
import { t } from './translate.ts';

/** How the view "Dependencies" arranges what it has. */
export interface TreeOptions {
  readonly grouping: Grouping;
  /** Words that an entry has to contain; empty shows all. */
  readonly filter: string;
}

export type Grouping = 'finding' | 'package' | 'member';

/** The entries of one package or workspace member, with the worst severity among them. */
export interface Bundle {
  readonly label: string;
  readonly icon: string;
  readonly severity: TreeEntry['severity'];
  readonly entries: readonly { readonly of: TreeEntry; readonly group: TreeGroupType }[];
}

/** Returns the groups of a project with the entries that contain all words of the filter, without empty groups. */
export function filteredGroups({ groups }: TreeProject, filter: string): readonly TreeGroup[] {
  const words = filter
    .toLowerCase()
    .split(' ')
    .filter((word) => word !== '');
  if (words.length === 0) return groups;
  return groups.flatMap((group) => {
    const entries = group.entries.filter(({ label, description, tooltip }) => {
      const text = `${label} ${description} ${tooltip} ${treeGroupLabel(group.type)}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    return entries.length === 0 ? [] : [{ ...group, entries }];
  });
}

/** Groups that are no property of a package or a member. */
const OTHERS: ReadonlySet<TreeGroupType> = new Set(['ignored', 'notChecked']);

/** The names of what has no package or no member. */
const WITHOUT: Readonly<Record<Exclude<Grouping, 'finding'>, string>> = {
  get package() {
    return t('The project itself');
  },
  get member() {
    return t('Only in the lockfile');
  },
};

const ICONS: Readonly<Record<Exclude<Grouping, 'finding'>, string>> = {
  package: 'package',
  member: 'folder',
};

const SEVERITIES = ['error', 'warning', 'information', 'hint', undefined] as const;

/** Arranges entries by package or member, those with the worst finding first. */
export function bundlesOf(
  groups: readonly TreeGroup[],
  grouping: Exclude<Grouping, 'finding'>,
): { readonly bundles: readonly Bundle[]; readonly others: readonly TreeGroup[] } {
  const byName = new Map<string, Bundle['entries'][number][]>();
  for (const { type, entries } of groups) {
    if (OTHERS.has(type)) continue;
    for (const of of entries) {
      const name = of[grouping] ?? WITHOUT[grouping];
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [{ of, group: type }]);
      else known.push({ of, group: type });
    }
  }
  const bundles = [...byName].map(([label, entries]): Bundle => {
    const worst = Math.min(...entries.map(({ of }) => SEVERITIES.indexOf(of.severity)));
    return { label, icon: ICONS[grouping], severity: SEVERITIES[worst], entries };
  });
  const rank = ({ severity }: Bundle) => SEVERITIES.indexOf(severity);
  bundles.sort((a, b) => rank(a) - rank(b) || (a.label < b.label ? -1 : 1));
  return { bundles, others: groups.filter(({ type }) => OTHERS.has(type)) };
}
