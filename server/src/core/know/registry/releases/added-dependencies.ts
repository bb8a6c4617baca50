import { readSpecifier, targetOf } from '../../../read/manifest/read-specifier.ts';
import type { Specifier } from '../../../read/manifest/specifier.ts';
import { rememberFor } from '../access/remember-for.ts';
import type { Packument, PackumentVersion } from '../documents/packument.ts';
import { earlierVersions, previousVersion } from './earlier-versions.ts';
import { type ChangedDependency, changesBetween } from './version-changes.ts';

/** A dependency that a version has and no version of its major version before it had. */
export interface AddedDependency {
  /** The name that it is declared under. */
  readonly name: string;
  /** The package that is installed. */
  readonly target: string;
  readonly declared: string;
  /** Whether it comes from git, an address or a path instead of a registry. */
  readonly isExotic: boolean;
  /** The version that was looked at to say so. */
  readonly before: PackumentVersion;
}

/** From a registry, or nothing that could be installed. */
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
 * What a version that is no new major version depends on for the first time. Not what was a peer dependency before, nor
 * what an earlier version had and the last one had not.
 */
export function addedDependencies(packument: Packument, version: string): readonly AddedDependency[] {
  return rememberFor(packument, `added ${version}`, () => findAdded(packument, version));
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

/** Under the same name and from the same kind of place: from git for the first time is new. */
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
