import type { OverrideSupport } from '../model/overrides.ts';
import { parseClassicSelector } from '../yarn/override-selector.ts';
import { isBunSince14 } from './version.ts';

/** Bun reads `overrides` and `resolutions` of the root. Before 1.4 keys are plain names. */
export const bunOverrides: OverrideSupport = {
  reads: (field) => field === 'overrides' || field === 'resolutions',
  parseResolution: parseClassicSelector,
  chosen: (lines) => lines.find(({ selector }) => selector?.parents.length === 0),
  replacesLocked: undefined,
  fieldToWrite: () => 'overrides',
  shownField: '"overrides"',
  fieldInManifest: () => 'overrides',
  formerField: undefined,
  hasReferences: true,
  removal: undefined,
  keepsRoot: false,
  reachesDeep: true,
  nestedSpareManifests: false,
  findsAliases: false,
  keys: 'ranges',
  keyBelow: (parent, name) => [parent, name],
  missingKeys: (installation) =>
    isBunSince14(installation) ? undefined : 'Bun before 1.4 cannot override one version of it',
};
