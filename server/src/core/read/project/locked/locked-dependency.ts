import semver from 'semver';
import { catalogAskedFor } from '../../config/catalog-line.ts';
import type { LockEntry, Lockfile } from '../../lockfile/model/lockfile.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { CatalogEntry } from '../catalogs/catalogs.ts';
import { type DeclaredDependency, meaningOf, meaningsIn } from '../meaning-of.ts';
import type { Project } from '../project.ts';

/** A dependency of a manifest, or only its name: then the manifest's declaration is ignored. */
export type NamedDependency = Pick<DeclaredDependency, 'name'> & Partial<DeclaredDependency>;

/**
 * Returns what the lockfile resolved a manifest's dependency to, after applying catalogs and overrides; undefined if
 * there is no readable lockfile, and for a dependency that an override removes.
 */
export function lockedEntry(
  project: Project,
  manifest: Uri,
  dependency: NamedDependency,
): LockEntry | undefined {
  return lockedEntriesIn(project, manifest)(dependency);
}

/** Returns `lockedEntry` for all dependencies of one manifest. */
export function lockedEntriesIn(
  project: Project,
  manifest: Uri,
): (dependency: NamedDependency) => LockEntry | undefined {
  const importer = project.members.get(manifest)?.path;
  const { lockfile } = project;
  if (importer === undefined || lockfile === undefined) return () => undefined;
  const meaningIn = meaningsIn(project, manifest);
  return (dependency) => {
    const { name, declared } = dependency;
    if (!isDeclared(dependency)) return lockfile.resolve(importer, name);
    const meaning = meaningIn(dependency);
    if (meaning.isRemoved) return undefined;
    const entry = lockfile.resolve(importer, name, meaning.declared);
    // Yarn 1 keeps the declared specifier among an entry's keys even if `resolutions` replace it.
    return entry ?? (meaning.override === undefined ? undefined : lockfile.resolve(importer, name, declared));
  };
}

/** Returns the exact version that is locked for the dependency, if it is the registry's package. */
export function lockedVersion(
  project: Project,
  manifest: Uri,
  dependency: NamedDependency & Pick<DeclaredDependency, 'target'>,
): string | undefined {
  const entry = lockedEntry(project, manifest, dependency);
  const target = isDeclared(dependency) ? meaningOf(project, manifest, dependency).target : dependency.target;
  return entry === undefined ? undefined : registryVersion(entry, target);
}

/** Returns the package that is locked for an entry of a catalog, if some importer uses that entry. */
export function lockedForCatalog(
  { lockfile }: Pick<Project, 'lockfile'>,
  { catalog, name, declared }: Pick<CatalogEntry, 'catalog' | 'name' | 'declared'>,
): LockEntry | undefined {
  if (lockfile === undefined) return undefined;
  let index = catalogIndexes.get(lockfile);
  if (index === undefined) {
    index = indexCatalogs(lockfile);
    catalogIndexes.set(lockfile, index);
  }
  const path = index.get(`${catalog}\n${name}`);
  return path === undefined ? undefined : lockfile.resolve(path, name, declared);
}

/** Returns the entry's exact version if it is the registry's package of this name. */
export function registryVersion(
  { source, name, version }: Pick<LockEntry, 'source' | 'name' | 'version'>,
  target: string,
): string | undefined {
  if (source !== 'registry' || name !== target) return undefined;
  return semver.valid(version?.value) ?? undefined;
}

function isDeclared(dependency: NamedDependency): dependency is DeclaredDependency {
  return dependency.declared !== undefined && dependency.section !== undefined;
}

const catalogIndexes = new WeakMap<Lockfile, ReadonlyMap<string, string>>();

/** Indexes one importer's path by catalog and name: the first that requests it, because all of them get the same. */
function indexCatalogs(lockfile: Lockfile): ReadonlyMap<string, string> {
  const index = new Map<string, string>();
  for (const [path, { edges }] of lockfile.importers) {
    for (const { name, specifier } of edges) {
      const catalog = catalogAskedFor(specifier.value);
      if (catalog === undefined) continue;
      const key = `${catalog}\n${name}`;
      if (!index.has(key)) index.set(key, path);
    }
  }
  return index;
}
