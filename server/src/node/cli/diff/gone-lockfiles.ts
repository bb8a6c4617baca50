import { lockfileKindOf } from '../../../core/read/lockfile/detect.ts';
import { relativeUri, type Uri } from '../../../core/read/text/paths/uri.ts';
import type { GraphedDirectory } from '../graphed-lockfiles.ts';
import { isThere } from './changed-configuration.ts';
import { type BaseLockfile, committedLockfile } from './committed-lockfile.ts';

/** A lockfile that a commit has and the disk has not. */
export interface GoneLockfile {
  readonly uri: Uri;
  /** Relative to the directory. */
  readonly path: string;
  readonly base: BaseLockfile;
}

export type GoneLockfiles =
  | { readonly type: 'found'; readonly lockfiles: readonly GoneLockfile[] }
  /** Why it is not known which are gone, as a clause. */
  | { readonly type: 'unknown'; readonly reason: string };

/** The lockfiles below a directory that a commit has and the disk has not, those of excluded folders left out. */
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
