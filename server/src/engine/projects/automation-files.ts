import { automationSystemOf } from '../../core/read/automation/automation.ts';
import { joinUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { FileStore } from './file-store.ts';
import type { WalkedDirectory } from './folder-walk.ts';

/** Folders with such files at the top of a repository, and how many levels below them are searched. */
const FOLDERS: readonly (readonly [path: string, depth: number])[] = [
  ['.github/workflows', 0],
  ['.github/actions', 2],
  ['.circleci', 0],
  ['.vscode', 0],
  ['.claude', 0],
  ['.gemini', 0],
  ['.cursor', 0],
  ['.devcontainer', 1],
  ['.husky', 0],
  ['docker', 0],
];
/** Beside manifests of members, only these. */
const BESIDE = new Set(['docker', 'compose']);
const MOST_FILES = 500;

export interface AutomationSearch {
  readonly root: Uri;
  /** Those of the root and its members. */
  readonly directories: readonly WalkedDirectory[];
  /** Whether the root is the top of the repository. */
  readonly isTop: boolean;
  readonly store: FileStore;
}

/** Loads the workflows, Dockerfiles, compose files and settings of editors of a project, and returns their URIs. */
export async function loadAutomationFiles({
  root,
  directories,
  isTop,
  store,
}: AutomationSearch): Promise<readonly Uri[]> {
  const uris: Uri[] = [];
  for (const { uri: directory, fileNames } of directories) {
    for (const name of [...fileNames].sort()) {
      const uri = joinUri(directory, name);
      const system = automationSystemOf(uri);
      if (system !== undefined && (BESIDE.has(system) || (isTop && directory === root))) uris.push(uri);
    }
  }
  const names = new Set((isTop ? await store.list(root) : undefined)?.map(({ name }) => name));
  for (const [path, depth] of FOLDERS) {
    if (names.has(path.split('/', 1)[0]!))
      uris.push(...(await filesBelow(joinUri(root, path), depth, store)));
  }
  const found = uris.slice(0, MOST_FILES);
  await Promise.all(found.map((uri) => store.load(uri)));
  return found;
}

async function filesBelow(folder: Uri, depth: number, store: FileStore): Promise<readonly Uri[]> {
  const found: Uri[] = [];
  for (const { name, type } of (await store.list(folder)) ?? []) {
    const uri = joinUri(folder, name);
    if (type === 'file' && automationSystemOf(uri) !== undefined) found.push(uri);
    else if (type === 'directory' && depth > 0) found.push(...(await filesBelow(uri, depth - 1, store)));
  }
  return found;
}
