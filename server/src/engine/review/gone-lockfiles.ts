import { lockfileKindOf } from '../../core/read/lockfile/detect.ts';
import { relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { GitPort } from '../ports.ts';
import { type BaseLockfile, committedLockfile } from './committed-lockfile.ts';

/** A lockfile that exists only in a commit. */
export interface GoneLockfile {
  readonly uri: Uri;
  /** Relative to the directory. */
  readonly path: string;
  readonly base: BaseLockfile;
}

export type GoneLockfiles =
  | { readonly type: 'found'; readonly lockfiles: readonly GoneLockfile[] }
  /** Why it is unknown which are gone, as a clause. */
  | { readonly type: 'unknown'; readonly reason: string };

/** The directory to search, and what decides which files of a commit count. */
export interface GoneSearch {
  readonly root: Uri;
  readonly git: Pick<GitPort, 'textAt' | 'filesAt'>;
  /** Checks whether anything is on disk there. */
  isThere(uri: Uri): Promise<boolean>;
  /** Checks whether the configuration excludes a file of a commit. */
  isExcluded(uri: Uri): Promise<boolean>;
}

/** Returns the lockfiles below a directory that exist only in a commit, without those in excluded folders. */
export async function goneLockfiles(
  { root, git, isThere, isExcluded }: GoneSearch,
  revision: string,
): Promise<GoneLockfiles> {
  const found = await git.filesAt?.(root, revision, (name) => lockfileKindOf(name) !== undefined);
  if (found === undefined) return { type: 'unknown', reason: 'the files of a commit cannot be listed' };
  if (found.type === 'unknown') return found;
  const lockfiles: GoneLockfile[] = [];
  for (const uri of found.uris) {
    if ((await isThere(uri)) || (await isExcluded(uri))) continue;
    const base = await committedLockfile(git, uri, found.commit);
    lockfiles.push({ uri, path: relativeUri(root, uri), base });
  }
  return { type: 'found', lockfiles };
}
