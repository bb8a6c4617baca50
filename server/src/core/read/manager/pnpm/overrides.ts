import semver from 'semver';
import type { OverriddenDependency, OverrideSupport, WithSelector } from '../model/overrides.ts';
import { intersects, isMember, type OverrideSelector, selectedName } from '../override-selector.ts';
import { isFrom, mayBeBefore } from '../version.ts';

/**
 * Overrides of pnpm: since 10.5 `overrides` in pnpm-workspace.yaml, and up to 10 `pnpm.overrides` and `resolutions` in
 * package.json.
 */
export const pnpmOverrides: OverrideSupport = {
  reads: (field, version) =>
    field === 'pnpm.overrides' || field === 'resolutions'
      ? mayBeBefore(version, '11.0.0')
      : field !== 'overrides',
  parseResolution: parsePnpmSelector,
  chosen,
  replacesLocked: undefined,
  fieldToWrite({ version, lockVersion }) {
    const isOld =
      version === undefined ? Number.parseFloat(lockVersion ?? '9') < 9 : !isFrom(version, '10.5.0');
    return isOld ? 'pnpm.overrides' : 'pnpm-workspace.yaml';
  },
  shownField: '"overrides" in pnpm-workspace.yaml',
  // pnpm 11 reads no field of package.json.
  fieldInManifest: (version) => (version === undefined ? undefined : 'resolutions'),
  formerField: 'pnpm.overrides',
  hasReferences: true,
  removal: '-',
  keepsRoot: false,
  reachesDeep: false,
  nestedSpareManifests: false,
  findsAliases: true,
  keys: 'ranges',
  keyBelow: (parent, name) => [`${parent}>${name}`],
  missingKeys: () => undefined,
};

/** Parses a selector of pnpm: `name`, `name@range`, `parent>name`, `parent@range>name@range`. */
export function parsePnpmSelector(text: string): OverrideSelector | undefined {
  // A `>` after a space, a bar, an `@` or at the start belongs to a range.
  const at = text.search(/[^ |@]>/);
  const target = selectedName(at === -1 ? text : text.slice(at + 2));
  const parent = at === -1 ? undefined : selectedName(text.slice(0, at + 1));
  if (target === undefined || (at !== -1 && parent === undefined)) return undefined;
  return { parents: parent === undefined ? [] : [parent], isDeep: false, target };
}

/** Prefers overrides below a parent, then the narrowest range. */
function chosen<Line extends WithSelector>(
  lines: readonly Line[],
  { declared, member }: OverriddenDependency,
): Line | undefined {
  const matching = lines.filter(({ selector }) => {
    const { parents, target } = selector!;
    if (parents.length > 0 && !isMember(parents[0]!, member)) return false;
    return target.range === undefined || target.range === declared || intersects(target.range, declared);
  });
  const below = matching.filter(({ selector }) => selector!.parents.length > 0);
  return (below.length > 0 ? below : matching).toSorted((a, b) => breadth(a) - breadth(b))[0];
}

/** Returns 0 for one version, 1 for a range, 2 for all versions. */
function breadth({ selector }: WithSelector): number {
  const { range } = selector!.target;
  if (range === undefined) return 2;
  return semver.valid(range) === null ? 1 : 0;
}
