import { isWithin, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { FileStore } from './file-store.ts';

/** A search in which each folder is listed once. */
export interface FolderSearch {
  readonly store: Pick<FileStore, 'list'>;
  /** No root above this folder is considered. */
  readonly bound: Uri;
  readonly gitFolders: Map<Uri, Promise<boolean>>;
}

/**
 * Returns the folders above the bound up to the top of its repository; none outside a repository. If only part of a
 * repository is checked, the private names of all of it still apply.
 */
export async function repositoryAbove(bound: Uri, search: FolderSearch): Promise<readonly Uri[]> {
  const above: Uri[] = [];
  for (let at = bound; !(await isGitFolder(at, search)); ) {
    const parent = parentUri(at);
    if (parent === at) return [];
    above.push(parent);
    at = parent;
  }
  return above;
}

export async function repositoryOf(root: Uri, search: FolderSearch): Promise<Uri | undefined> {
  for (const directory of upTo(search.bound, root)) {
    if (await isGitFolder(directory, search)) return directory;
  }
  return undefined;
}

export function isGitFolder(directory: Uri, { store, gitFolders }: FolderSearch): Promise<boolean> {
  let isGit = gitFolders.get(directory);
  if (isGit === undefined) {
    isGit = store.list(directory).then((items) => items?.some(({ name }) => name === '.git') ?? false);
    gitFolders.set(directory, isGit);
  }
  return isGit;
}

/** Checks whether the folder is the top of a repository, or of the search if there is none. */
export async function isTopFolder(root: Uri, search: FolderSearch): Promise<boolean> {
  if (await isGitFolder(root, search)) return true;
  return root === search.bound && (await repositoryOf(root, search)) === undefined;
}

/** Yields the directory and those above it up to the bound; only the directory if it lies outside. */
export function* upTo(bound: Uri, directory: Uri): Iterable<Uri> {
  for (let at = directory; ; at = parentUri(at)) {
    yield at;
    if (at === bound || at === parentUri(at) || !isWithin(bound, at)) return;
  }
}
