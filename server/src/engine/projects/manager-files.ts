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
  const usesYarn = YARN_FILES.some((name) => fileNames.has(name)) || manifest?.namesYarn === true;
  const usesBun = BUN_FILES.some((name) => fileNames.has(name)) || manifest?.namesBun === true;
  const userBunfig = usesBun && home !== undefined ? joinUri(home, '.bunfig.toml') : undefined;
  const isThere = userBunfig !== undefined && (await store.load(userBunfig)).type === 'text';
  return {
    pnpmWorkspace: await inRoot('pnpm-workspace.yaml'),
    yarnrcs: usesYarn ? await yarnrcsOf(root, search) : [],
    bunfig: await inRoot('bunfig.toml'),
    userBunfig: isThere ? userBunfig : undefined,
  };
}

const YARN_FILES: readonly string[] = ['yarn.lock', '.yarnrc.yml', '.yarnrc'];
const BUN_FILES: readonly string[] = ['bun.lock', 'bun.lockb', 'bunfig.toml'];

/** Returns Yarn's files: those of every folder up to the top, and that of the home directory. */
async function yarnrcsOf(root: Uri, { store, bound, home }: ManagerFilesSearch): Promise<YarnrcFile[]> {
  const found: YarnrcFile[] = [];
  const add = async (directory: Uri, level: YarnrcFile['level']) => {
    for (const [name, dialect] of [
      ['.yarnrc.yml', 'berry'],
      ['.yarnrc', 'classic'],
    ] as const) {
      const uri = joinUri(directory, name);
      if (found.some((file) => file.uri === uri) || (await store.load(uri)).type === 'missing') continue;
      found.push({ uri, dialect, level, isChecked: level === 'project' && isWithin(bound, directory) });
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
