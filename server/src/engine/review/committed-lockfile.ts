import { lockfileKindOf, readLockfile } from '../../core/read/lockfile/detect.ts';
import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import { nameOf, type Uri } from '../../core/read/text/paths/uri.ts';
import type { GitPort } from '../ports.ts';

/** The lockfile to compare with. */
export interface BaseLockfile {
  /** The commit's full id; undefined for a file, and if there is no known commit. */
  readonly commit: string | undefined;
  /** Undefined if there is none or it is unknown. */
  readonly lockfile: Lockfile | undefined;
  /** Why it is unknown, as a clause. */
  readonly reason: string | undefined;
}

/** Returns a lockfile as of a commit. */
export async function committedLockfile(
  git: Pick<GitPort, 'textAt'>,
  uri: Uri,
  revision: string,
): Promise<BaseLockfile> {
  const kind = lockfileKindOf(nameOf(uri));
  const read = await git.textAt(uri, revision);
  if (read.type === 'unknown') {
    // Its reader says why a binary lockfile cannot be compared, and what to do about it.
    const lockfile = kind === 'bun.lockb' && read.isBinary === true ? readLockfile(uri, '', kind) : undefined;
    return { commit: undefined, lockfile, reason: lockfile === undefined ? read.reason : undefined };
  }
  const lockfile =
    read.type === 'text' && kind !== undefined ? readLockfile(uri, read.text, kind) : undefined;
  return { commit: read.commit, lockfile, reason: undefined };
}

/** Checks whether its packages are known, even if not all of them. */
export function isRead(lockfile: Lockfile | undefined): lockfile is Lockfile {
  return lockfile !== undefined && (lockfile.status === 'checked' || lockfile.status === 'partial');
}
