import { readSpecifier, targetOf } from '../../../read/manifest/read-specifier.ts';
import type { Specifier } from '../../../read/manifest/specifier.ts';
import { memoizeFor } from '../access/remember-for.ts';
import type { Packument, PackumentVersion } from '../documents/packument.ts';
import { earlierVersions, previousVersion } from './earlier-versions.ts';
import { type ChangedDependency, changesBetween } from './version-changes.ts';

/** A dependency that a version has but no earlier version of its major version had. */
export interface AddedDependency {
  /** The declared name. */
  readonly name: string;
  /** The installed package. */
  readonly target: string;
  readonly declared: string;
  /** Whether it comes from git, a URL or a path instead of a registry. */
  readonly isExotic: boolean;
  /** The version it was compared with. */
  readonly before: PackumentVersion;
}

/** From a registry, or not installable at all. */
const FROM_REGISTRY: ReadonlySet<Specifier['type']> = new Set([
  'version',
  'range',
  'tag',
  'alias',
  'invalid',
  'workspace',
  'catalog',
]);

/**
 * Returns the dependencies that are new in a version other than a new major version. Excludes former peer dependencies,
 * and those that an earlier version had but the last one had not.
 */
export function addedDependencies(packument: Packument, version: string): readonly AddedDependency[] {
  return memoizeFor(packument, `added ${version}`, () => findAdded(packument, version));
}

function findAdded(packument: Packument, version: string): readonly AddedDependency[] {
  const own = packument.versions.get(version);
  const before = previousVersion(packument, version);
  if (own === undefined || before === undefined) return [];
  const added = changesBetween(before, own).dependencies.filter((change) => change.before === undefined);
  if (added.length === 0) return [];
  const earlier = earlierVersions(packument, version);
  return added
    .filter((change) => !earlier.some((other) => has(other, change)))
    .map((change) => read(change, before));
}

/** Compares the name and the kind of source: the first use of git is new. */
function has(
  { dependencies, optionalDependencies, peerDependencies }: PackumentVersion,
  { name, after }: ChangedDependency,
): boolean {
  const declared = dependencies.get(name) ?? optionalDependencies.get(name) ?? peerDependencies.get(name);
  return declared !== undefined && isExotic(name, declared) === isExotic(name, after ?? '');
}

function read({ name, after = '' }: ChangedDependency, before: PackumentVersion): AddedDependency {
  const specifier = readSpecifier(name, after);
  return {
    name,
    target: targetOf(name, specifier),
    declared: after,
    isExotic: !FROM_REGISTRY.has(specifier.type),
    before,
  };
}

function isExotic(name: string, declared: string): boolean {
  return !FROM_REGISTRY.has(readSpecifier(name, declared).type);
}
