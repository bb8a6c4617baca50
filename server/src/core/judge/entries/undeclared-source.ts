import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';

/** Whether a link under that name to a folder, relative to the lockfile's, leads to a member of the workspace. */
export type IsMember = (name: string, folder: string) => boolean;

/** An entry that comes from elsewhere than a registry, and nothing in the lockfile asks for that. */
export interface UndeclaredSource {
  readonly entry: LockEntry;
  /** Whether a .pnpmfile.cjs may have put it in place of what is declared. */
  readonly mayBeOfHook: boolean;
  /** Whether it is a link out of the lockfile's folder, which may lead to a member with a lockfile of its own. */
  readonly isOutside: boolean;
}
