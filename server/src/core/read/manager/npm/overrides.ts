import semver from 'semver';
import type { OverriddenDependency, OverrideSupport } from '../model/overrides.ts';
import { intersects, isMember, type OverrideSelector } from '../override-selector.ts';
import { parseClassicSelector } from '../yarn/override-selector.ts';

/** npm reads `overrides` of the root. An override below a package applies to all its transitive dependencies. */
export const npmOverrides: OverrideSupport = {
  reads: (field) => field === 'overrides',
  parseResolution: parseClassicSelector,
  // npm rejects an override that changes a declaration of the root.
  chosen: (lines, dependency) =>
    dependency.member.path === ''
      ? undefined
      : lines.find(({ selector }) => selector !== undefined && isChosen(selector, dependency)),
  replacesLocked: undefined,
  fieldToWrite: () => 'overrides',
  shownField: '"overrides"',
  fieldInManifest: () => 'overrides',
  formerField: undefined,
  hasReferences: true,
  removal: undefined,
  keepsRoot: true,
  reachesDeep: true,
  nestedSpareManifests: true,
  findsAliases: true,
  keys: 'ranges',
  keyBelow: (parent, name) => [parent, name],
  missingKeys: () => undefined,
};

/** Returns whether an override applies. Tags, folders and the like have no range, and are always overridden. */
function isChosen(
  { parents, target }: OverrideSelector,
  { declared, member }: OverriddenDependency,
): boolean {
  if (parents.length > 1 || (parents.length === 1 && !isMember(parents[0]!, member))) return false;
  const { range } = target;
  if (range === undefined || range === '*') return true;
  const text = declared.startsWith('npm:') ? declared.slice(declared.lastIndexOf('@') + 1) : declared;
  return semver.validRange(text) === null || intersects(range, text);
}
