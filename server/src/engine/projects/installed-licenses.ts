import type { LockEntry } from '../../core/read/lockfile/model/lockfile.ts';
import type { Project } from '../../core/read/project/project.ts';
import { isManifestOf, manifestLicense } from '../../core/read/sbom/manifest-license.ts';
import type { FilesPort } from '../ports.ts';
import { readInstalled } from './installed-packages.ts';

/** Returns the licenses of installed packages, for entries of which the lockfile records none. */
export function installedLicenses(
  files: Pick<FilesPort, 'list' | 'read'>,
  project: Project,
  entries: readonly LockEntry[],
): Promise<ReadonlyMap<LockEntry, string>> {
  const unknown = entries.filter(({ license }) => license === undefined);
  return readInstalled(files, project, unknown, async ({ wanted, manifest }) =>
    manifestLicense(manifest, wanted),
  );
}

/** Returns the licenses of installed packages by `name@version`, empty for those that state none. */
export async function statedLicenses(
  files: Pick<FilesPort, 'list' | 'read'>,
  project: Project,
  entries: readonly LockEntry[],
): Promise<ReadonlyMap<string, string>> {
  const found = await readInstalled(files, project, entries, async ({ wanted, manifest }) =>
    isManifestOf(manifest, wanted) ? (manifestLicense(manifest, wanted) ?? '') : undefined,
  );
  return new Map([...found].map(([{ name, version }, license]) => [`${name}@${version?.value}`, license]));
}
