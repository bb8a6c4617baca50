import type { ManifestDependency } from '../../read/manifest/manifest.ts';
import type { Drift } from '../../read/project/locked/manifest-drift.ts';
import type { Project } from '../../read/project/project.ts';

/** A dependency that differs from the lockfile. */
export interface DriftedDependency {
  readonly dependency: ManifestDependency;
  readonly declared: string;
  readonly drift: Drift;
}

/** Dependencies with one finding: the first has it, and the others are related places. */
export interface DriftGroup {
  readonly first: DriftedDependency;
  readonly others: readonly DriftedDependency[];
}

/**
 * Groups dependencies of one manifest that nothing in the lockfile stands for, as after pasting some: their cause, their
 * effect and their fix are the same. All else stays alone, as does a name for which the project has an ignore of the rule:
 * that must not cover others.
 */
export function groupAddedTogether(
  drifted: readonly DriftedDependency[],
  { policy }: Pick<Project, 'policy'>,
  rule: string,
): readonly DriftGroup[] {
  const ignored = new Set(policy.ignores.filter((each) => each.rule === rule).map((each) => each.package));
  const groups: { readonly first: DriftedDependency; readonly others: DriftedDependency[] }[] = [];
  const added = new Map<Drift['install'], DriftedDependency[]>();
  for (const each of drifted) {
    const { edge, entry, elsewhere, movedFrom, install } = each.drift;
    const isNew =
      edge === undefined && entry === undefined && elsewhere === undefined && movedFrom === undefined;
    const others = isNew && !ignored.has(each.dependency.name) ? added.get(install) : undefined;
    if (others !== undefined) {
      others.push(each);
      continue;
    }
    const group = { first: each, others: [] };
    groups.push(group);
    if (isNew && !ignored.has(each.dependency.name)) added.set(install, group.others);
  }
  return groups;
}
