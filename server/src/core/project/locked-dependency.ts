import semver from 'semver';
import type { LockEntry } from '../lockfile/lockfile.ts';
import type { ManifestDependency } from '../manifest/manifest.ts';
import type { Uri } from '../text/uri.ts';
import type { Project } from './project.ts';

/** What the lockfile resolved a manifest's dependency to, undefined where there is no lockfile that can be read. */
export function lockedEntry(
  project: Project,
  manifest: Uri,
  dependency: Pick<ManifestDependency, 'name'>,
): LockEntry | undefined {
  const importer = project.members.get(manifest)?.path;
  return importer === undefined ? undefined : project.lockfile?.resolve(importer, dependency.name);
}

/** The exact version of the registry's package that is locked for the dependency, and nothing else's. */
export function lockedVersion(
  project: Project,
  manifest: Uri,
  dependency: Pick<ManifestDependency, 'name' | 'target'>,
): string | undefined {
  const entry = lockedEntry(project, manifest, dependency);
  if (entry?.source !== 'registry' || entry.name !== dependency.target) return undefined;
  return semver.valid(entry.version?.value) ?? undefined;
}
