import type { OverrideSupport } from '../model/overrides.ts';
import { parseBerrySelector, parseClassicSelector, withProtocol } from './override-selector.ts';

/** Yarn 2 and later read `resolutions` of the root, and compare the whole text of specifiers. */
export const berryOverrides: OverrideSupport = {
  reads: (field) => field === 'resolutions',
  parseResolution: parseBerrySelector,
  // A workspace has no version in a selector.
  chosen: (lines, { declared, member }) =>
    lines.find(({ selector }) => {
      const [parent] = selector!.parents;
      const { range } = selector!.target;
      if (parent !== undefined && (parent.name !== member.name || parent.range !== undefined)) return false;
      return range === undefined || withProtocol(range) === withProtocol(declared);
    }),
  // The version of a parent is exact, with `npm:`.
  replacesLocked({ parents: [parent], target: { range } }, { name, version }, declared) {
    if (range !== undefined && withProtocol(range) !== withProtocol(declared)) return false;
    if (parent === undefined) return true;
    if (parent.name !== name) return false;
    return parent.range === undefined || withProtocol(parent.range) === `npm:${version}`;
  },
  fieldToWrite: () => 'resolutions',
  shownField: '"resolutions"',
  fieldInManifest: () => 'resolutions',
  formerField: undefined,
  hasReferences: false,
  removal: undefined,
  keepsRoot: false,
  reachesDeep: false,
  nestedSpareManifests: false,
  findsAliases: true,
  keys: 'descriptors',
  keyBelow: (parent, name) => [`**/${parent}/${name}`],
  missingKeys: () => undefined,
};

/** In Yarn 1, keys of `resolutions` are paths of names. */
export const classicOverrides: OverrideSupport = {
  ...berryOverrides,
  parseResolution: parseClassicSelector,
  // Declarations of a root without workspaces are never overridden.
  chosen: (lines, { member, rootHasWorkspaces }) =>
    member.path === '' && !rootHasWorkspaces()
      ? undefined
      : lines.find(({ selector }) => selector!.parents.length === 0 && selector!.isDeep),
  // Only selectors with one parent can be judged without the path to the package.
  replacesLocked: ({ parents, isDeep }, { name }) =>
    parents.length === 0 ? isDeep : parents.length === 1 && !isDeep && parents[0]!.name === name,
  keys: 'parents',
};
