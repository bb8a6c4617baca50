import { lockfileKindOf } from '../../../core/read/lockfile/detect.ts';
import { relativeUri, type Uri } from '../../../core/read/text/paths/uri.ts';
import type { GraphedDirectory } from '../graphed-lockfiles.ts';
import { isThere } from './changed-configuration.ts';
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

/** Returns the lockfiles below a directory that exist only in a commit, without those in excluded folders. */
export async function goneLockfiles(
  { root, git, isExcluded }: Pick<GraphedDirectory, 'root' | 'git' | 'isExcluded'>,
  revision: string,
): Promise<GoneLockfiles> {
  const found = await git.filesAt(root, revision, (name) => lockfileKindOf(name) !== undefined);
  if (found.type === 'unknown') return found;
  const lockfiles: GoneLockfile[] = [];
  for (const uri of found.uris) {
    if ((await isThere(uri)) || (await isExcluded(uri))) continue;
    const base = await committedLockfile(git, uri, found.commit);
    lockfiles.push({ uri, path: relativeUri(root, uri), base });
  }
  return { type: 'found', lockfiles };
}
