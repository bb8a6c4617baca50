import { type InstalledScripts, readInstalledScripts } from '../../core/know/scripts/installed-scripts.ts';
import type { LockEntry } from '../../core/read/lockfile/model/lockfile.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import type { FilesPort } from '../ports.ts';
import { readInstalled } from './installed-packages.ts';

interface InstalledPackage extends InstalledScripts {
  /** Its package.json. */
  readonly uri: Uri;
}

/**
 * Returns the install scripts of locked packages by their folders in node_modules; those that are not installed, or in
 * another version, are missing. Nothing is run.
 */
export function installedScripts(
  files: Pick<FilesPort, 'list' | 'read'>,
  project: Project,
  entries: readonly LockEntry[],
): Promise<ReadonlyMap<LockEntry, InstalledPackage>> {
  return readInstalled(files, project, entries, async ({ wanted, uri, manifest, textOf }) => {
    const scripts = readInstalledScripts(manifest, await textOf('binding.gyp'), wanted);
    return scripts === undefined ? undefined : { ...scripts, uri };
  });
}
