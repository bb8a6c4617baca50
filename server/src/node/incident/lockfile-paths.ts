import { BRANCH_LOCKFILES, lockfileOfBranch } from '../../core/read/lockfile/branch-lockfile.ts';
import { LOCKFILE_NAMES, lockfileNamed } from '../../core/read/lockfile/detect.ts';

/** The lockfiles in any folder, as patterns for git. */
export const LOCKFILE_PATTERNS: readonly string[] = [...LOCKFILE_NAMES, ...BRANCH_LOCKFILES].map(
  (name) => `**/${name}`,
);

/** Returns the file name that decides how a lockfile is read, by its path with `/`; undefined for other files. */
export function lockfileNameOf(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return lockfileNamed(name)?.name ?? lockfileOfBranch(name);
}

/** Checks for a lockfile that installs something: packages ship theirs for nothing. */
export function isOwnLockfile(path: string): boolean {
  return lockfileNameOf(path) !== undefined && !/(?:^|\/)node_modules\//.test(path);
}
