import type { LockEntry } from '../../core/read/lockfile/model/lockfile.ts';
import type { Project } from '../../core/read/project/project.ts';
import { groupBy } from '../../core/read/text/group-by.ts';
import { joinUri, nameOf, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { DirectoryItem, FilesPort } from '../ports.ts';
import { installFolders } from './install-folders.ts';

/** A folder in which a version of a package may be installed. */
export interface InstalledFolder {
  readonly wanted: { readonly name: string; readonly version: string };
  /** Its package.json, and the text of that. */
  readonly uri: Uri;
  readonly manifest: string;
  /** Returns the text of another file in the folder; undefined if there is none. */
  textOf(name: string): Promise<string | undefined>;
}

/**
 * Reads locked packages in their folders in node_modules. `read` returns undefined for a folder that holds another
 * package or version; packages that are not installed are missing. Nothing is run.
 */
export async function readInstalled<T>(
  files: Pick<FilesPort, 'list' | 'read'>,
  project: Project,
  entries: readonly LockEntry[],
  read: (folder: InstalledFolder) => Promise<T | undefined>,
): Promise<ReadonlyMap<LockEntry, T>> {
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
  const readOne = async (wanted: InstalledFolder['wanted']): Promise<T | undefined> => {
    for (const folder of await installFolders({ list }, project, wanted)) {
      if (!(await isThere(folder))) continue;
      const names = new Set((await files.list(folder))?.map(({ name }) => name));
      const uri = joinUri(folder, 'package.json');
      const manifest = names.has('package.json') ? await textOf(uri) : undefined;
      if (manifest === undefined) continue;
      const value = await read({
        ...{ wanted, uri, manifest },
        textOf: async (name) => (names.has(name) ? textOf(joinUri(folder, name)) : undefined),
      });
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const found = new Map<LockEntry, T>();
  const known = entries.filter(({ version }) => version !== undefined);
  // All copies of a version have the same folders.
  for (const [first, ...more] of groupBy(
    known,
    ({ name, version }) => `${name}@${version!.value}`,
  ).values()) {
    const value = await readOne({ name: first!.name, version: first!.version!.value });
    if (value !== undefined) for (const entry of [first!, ...more]) found.set(entry, value);
  }
  return found;
}
