import { isWithin, type Uri } from '../text/paths/uri.ts';

/**
 * How far the files of a project are believed. trusted: they decide where requests go, and read the environment; nested:
 * registries are asked, but only those that the user's own configuration or the package manager's default names;
 * untrusted: nothing is sent.
 */
export type FolderTrust = 'trusted' | 'nested' | 'untrusted';

/** Whom the user trusts. */
export interface TrustedFolders {
  /** The roots of projects: what lies below one and is no member of its workspace is nested. */
  readonly folders: readonly Uri[];
  /** Whether a folder inside a project stands for that project, as a folder that is typed on the command line does. */
  readonly withProjectAround: boolean;
}

/**
 * Decides how far the project with its root in a folder is believed. It is the one place that does. Trust in a repository
 * is trust in its own project, not in every example and fixture that somebody added below: npm does not read their files
 * in the repository's root either.
 */
export function trustOf(root: Uri, { folders, withProjectAround }: TrustedFolders): FolderTrust {
  const isMeant = (folder: Uri) => folder === root || (withProjectAround && isWithin(root, folder));
  if (folders.some(isMeant)) return 'trusted';
  return folders.some((folder) => isWithin(folder, root)) ? 'nested' : 'untrusted';
}
