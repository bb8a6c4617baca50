import { isWithin, type Uri } from '../text/paths/uri.ts';

/**
 * How far the files of a project are trusted. trusted: they decide where requests go, and read the environment; nested:
 * registries are queried, but only those that the user's own configuration or the package manager's default names;
 * untrusted: nothing is sent.
 */
export type FolderTrust = 'trusted' | 'nested' | 'untrusted';

/** The folders that the user trusts. */
export interface TrustedFolders {
  /** The roots of projects: a folder below one that is not a member of its workspace is nested. */
  readonly folders: readonly Uri[];
  /** Whether a folder inside a project stands for that project, like a folder passed on the command line. */
  readonly withProjectAround: boolean;
}

/**
 * Decides how far the project with its root in a folder is trusted. Nothing else decides this. Trust in a repository is
 * trust in its own project, not in every example and fixture that somebody added below: npm in the repository's root
 * does not read their files either.
 */
export function trustOf(root: Uri, { folders, withProjectAround }: TrustedFolders): FolderTrust {
  const isMeant = (folder: Uri) => folder === root || (withProjectAround && isWithin(root, folder));
  if (folders.some(isMeant)) return 'trusted';
  return folders.some((folder) => isWithin(folder, root)) ? 'nested' : 'untrusted';
}
