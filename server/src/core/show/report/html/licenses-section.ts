import type { LockEntry } from '../../../read/lockfile/model/lockfile.ts';
import { compareText } from '../../../read/text/compare-text.ts';
import { namesAndMore, plural } from '../../../read/text/words/words.ts';
import { markup } from './markup.ts';
import type { PageInput, PageProject } from './page-input.ts';
import { pageTable, type Row, type Section } from './page-parts.ts';

/** Names of more packages are behind a click. */
const MOST_NAMED = 12;

/** Shows the licenses of locked packages, where the lockfile, installed packages or a registry state them. */
export function licensesSection({ host, projects }: PageInput): Section {
  const byLicense = new Map<string, Set<string>>();
  const unknown = new Set<string>();
  for (const project of projects.filter(({ kind }) => kind !== 'fixture')) {
    for (const { entry } of project.graph?.packages ?? []) {
      const label = `${entry.name} ${entry.version?.value ?? ''}`.trim();
      const license = licenseOf(entry, project);
      if (license === undefined) unknown.add(label);
      else byLicense.set(license, (byLicense.get(license) ?? new Set()).add(label));
    }
  }
  const ranked = [...byLicense].sort(([a, one], [b, other]) => other.size - one.size || compareText(a, b));
  const rows = ranked.map(([license, labels]): Row => ({ cells: [license, labels.size, namesOf(labels)] }));
  const named = rows.length === 0 ? '' : ` (${namesAndMore([...unknown].sort(compareText), MOST_NAMED)})`;
  const lacking =
    unknown.size === 0
      ? undefined
      : markup`<p>Unknown for ${plural(unknown.size, 'package version')}${named}: neither the lockfile nor an installed package states them. ${host.type === 'file' ? 'With --trust, the registry adds' : 'If a folder is trusted, the registry adds'} those of direct dependencies.</p>`;
  return {
    id: 'licenses',
    title: 'Licenses',
    count: rows.length === 0 ? 'unknown' : rows.length,
    body: markup`${rows.length === 0 && unknown.size === 0 ? markup`<p>No package is locked.</p>` : undefined}${lacking}${
      rows.length === 0
        ? undefined
        : pageTable(
            'Licenses as the packages state them, the most frequent first',
            ['License', { title: 'Package versions', look: 'number' }, { title: 'Used by', look: 'wide' }],
            rows,
          )
    }`,
  };
}

function licenseOf(entry: LockEntry, project: PageProject): string | undefined {
  const stated = project.licenseOf(entry);
  if (stated !== undefined && stated !== '') return stated;
  const fact = entry.source === 'registry' ? project.packument(entry.name) : undefined;
  const version = entry.version?.value;
  if (fact?.state !== 'ready' || version === undefined) return undefined;
  return fact.value.versions.get(version)?.license;
}

function namesOf(labels: ReadonlySet<string>) {
  const names = [...labels].sort(compareText);
  const all = names.join(', ');
  if (names.length <= MOST_NAMED) return all;
  return markup`<details><summary>${plural(names.length, 'package version')}</summary>${all}</details>`;
}
