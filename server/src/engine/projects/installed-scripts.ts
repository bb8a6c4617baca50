import { type InstalledScripts, readInstalledScripts } from '../../core/know/scripts/installed-scripts.ts';
import type { LockEntry } from '../../core/read/lockfile/model/lockfile.ts';
import type { Project } from '../../core/read/project/project.ts';
import { joinUri, nameOf, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { DirectoryItem, FilesPort } from '../ports.ts';
import { installFolders } from './install-folders.ts';

interface InstalledPackage extends InstalledScripts {
  /** Its package.json. */
  readonly uri: Uri;
}

/**
 * Returns the install scripts of locked packages by their folders in node_modules; those that are not installed, or in
 * another version, are missing. Nothing is run.
 */
export async function installedScripts(
  files: Pick<FilesPort, 'list' | 'read'>,
  project: Project,
  entries: readonly LockEntry[],
): Promise<ReadonlyMap<LockEntry, InstalledPackage>> {
  const lists = new Map<Uri, Promise<readonly DirectoryItem[] | undefined>>();
  const list = (directory: Uri) => {
    let listed = lists.get(directory);
    if (listed === undefined) {
      listed = files.list(directory);
      lists.set(directory, listed);
    }
    return listed;
  };
  // Most folders do not exist, so the lists above them are asked first.
  const isThere = async (folder: Uri): Promise<boolean> => {
    const above = parentUri(folder);
    const isTop = nameOf(folder) === 'node_modules' || above === folder;
    if (!isTop && !(await isThere(above))) return false;
    return (await list(above))?.some(({ name }) => name === nameOf(folder)) === true;
  };
  const textOf = async (uri: Uri) => {
    const result = await files.read(uri);
    return result.type === 'text' ? result.text : undefined;
  };
  const found = new Map<LockEntry, InstalledPackage>();
  for (const entry of entries) {
    const version = entry.version?.value;
    if (version === undefined) continue;
    const wanted = { name: entry.name, version };
    for (const folder of await installFolders({ list }, project, wanted)) {
      if (!(await isThere(folder))) continue;
      const names = new Set((await files.list(folder))?.map(({ name }) => name));
      if (!names.has('package.json')) continue;
      const uri = joinUri(folder, 'package.json');
      const manifest = await textOf(uri);
      const gyp = names.has('binding.gyp') ? await textOf(joinUri(folder, 'binding.gyp')) : undefined;
      const scripts = manifest === undefined ? undefined : readInstalledScripts(manifest, gyp, wanted);
      if (scripts === undefined) continue;
      found.set(entry, { ...scripts, uri });
      break;
    }
  }
  return found;
}
