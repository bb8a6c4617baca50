import { bun } from '../../core/read/manager/bun/bun.ts';
import type { ManagerSpec } from '../../core/read/manager/manager-spec.ts';
import { YARNRC_FILES } from '../../core/read/manager/yarn/files.ts';
import { yarnBerry } from '../../core/read/manager/yarn/yarn.ts';
import { isWithin, joinUri, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { FileStore } from './file-store.ts';
import type { ProjectFiles, YarnrcFile } from './project-files.ts';
import { loadManifestStructure } from './structure.ts';

export interface ManagerFilesSearch {
  readonly store: FileStore;
  /** The folder above which no project is searched for. Yarn also reads configuration above it. */
  readonly bound: Uri;
  readonly home: Uri | undefined;
}

type ManagerFiles = Pick<ProjectFiles, 'pnpmWorkspace' | 'yarnrcs' | 'bunfig' | 'userBunfig'>;

/**
 * Returns the configuration files that pnpm, Yarn and Bun read for a root, loaded. Files outside the root are searched
 * only if files of the root indicate that Yarn or Bun may be in use.
 */
export async function managerFilesOf(
  root: Uri,
  fileNames: ReadonlySet<string>,
  search: ManagerFilesSearch,
): Promise<ManagerFiles> {
  const { store, home } = search;
  const inRoot = async (name: string) => {
    const uri = joinUri(root, name);
    if (!fileNames.has(name)) return undefined;
    await store.load(uri);
    return uri;
  };
  const manifest = await loadManifestStructure(root, store);
  const uses = ({ name, files }: ManagerSpec) =>
    [...files.lockfiles.map((file) => file.name), ...files.settings].some((each) => fileNames.has(each)) ||
    manifest?.outsideReaders.includes(name) === true;
  const userBunfig = uses(bun) && home !== undefined ? joinUri(home, '.bunfig.toml') : undefined;
  const isThere = userBunfig !== undefined && (await store.load(userBunfig)).type === 'text';
  return {
    pnpmWorkspace: await inRoot('pnpm-workspace.yaml'),
    yarnrcs: uses(yarnBerry) ? await yarnrcsOf(root, search) : [],
    bunfig: await inRoot('bunfig.toml'),
    userBunfig: isThere ? userBunfig : undefined,
  };
}

/** Returns Yarn's files: those of every folder up to the top, and that of the home directory. */
async function yarnrcsOf(root: Uri, { store, bound, home }: ManagerFilesSearch): Promise<YarnrcFile[]> {
  const found: YarnrcFile[] = [];
  const add = async (directory: Uri, level: YarnrcFile['level']) => {
    for (const { name, reader } of YARNRC_FILES) {
      const uri = joinUri(directory, name);
      if (found.some((file) => file.uri === uri) || (await store.load(uri)).type === 'missing') continue;
      found.push({ uri, reader, level, isChecked: level === 'project' && isWithin(bound, directory) });
    }
  };
  for (const directory of foldersUp(root)) await add(directory, directory === home ? 'user' : 'project');
  if (home !== undefined) await add(home, 'user');
  return found;
}

/** Yields the folder and all above it, the top of the file system included. */
function* foldersUp(folder: Uri): Iterable<Uri> {
  for (let at = folder; ; at = parentUri(at)) {
    yield at;
    if (at === parentUri(at)) return;
  }
}
