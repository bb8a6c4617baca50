import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';

/** Checks whether a link with that name to a folder, relative to the lockfile's, leads to a workspace member. */
export type IsMember = (name: string, folder: string) => boolean;

/** An entry that does not come from a registry although nothing in the lockfile declares that. */
export interface UndeclaredSource {
  readonly entry: LockEntry;
  /** Whether a .pnpmfile.cjs may have replaced the declared dependency with it. */
  readonly mayBeOfHook: boolean;
  /** Whether it is a link out of the lockfile's folder, which may lead to a member with its own lockfile. */
  readonly isOutside: boolean;
}
