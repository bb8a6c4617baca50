import { lockfileKindOf, readLockfile } from '../../../core/read/lockfile/detect.ts';
import type { Lockfile } from '../../../core/read/lockfile/model/lockfile.ts';
import { nameOf, type Uri } from '../../../core/read/text/paths/uri.ts';
import type { GitPort } from '../../../engine/ports.ts';

/** The state of a lockfile to compare with. */
export interface BaseLockfile {
  /** The commit's full name; undefined for a file, and where no commit is known. */
  readonly commit: string | undefined;
  /** Undefined where there is none, or none that is known. */
  readonly lockfile: Lockfile | undefined;
  /** Why it is not known, as a clause. */
  readonly reason: string | undefined;
}

/** A lockfile as it is in a commit. */
export async function committedLockfile(git: GitPort, uri: Uri, revision: string): Promise<BaseLockfile> {
  const kind = lockfileKindOf(nameOf(uri));
  const read = await git.textAt(uri, revision);
  if (read.type === 'unknown') return { commit: undefined, lockfile: undefined, reason: read.reason };
  const lockfile =
    read.type === 'text' && kind !== undefined ? readLockfile(uri, read.text, kind) : undefined;
  return { commit: read.commit, lockfile, reason: undefined };
}

/** Whether its packages are known, be it not all of them. */
export function isRead(lockfile: Lockfile | undefined): lockfile is Lockfile {
  return lockfile !== undefined && (lockfile.status === 'checked' || lockfile.status === 'partial');
}
