import type { Lockfile } from '../model/lockfile.ts';
import type { NpmV1Entry } from '../npm-v1/npm-v1-entry.ts';
import type { NestedDependencies } from '../npm-v1/read-dependencies.ts';

/** A lockfile of npm 7 or later, which has its packages in `packages`. */
export interface NpmLockfile extends Lockfile {
  /**
   * The second copy that version 2 of the file has for npm up to 6, in `dependencies`; undefined where there is none.
   * Read anew each time, as hardly anything asks for it.
   */
  nestedCopy(): NestedDependencies | undefined;
  /** A member of the whole file that is a text or a number, such as `packageExtensionsHash`. */
  member(name: string): string | undefined;
  /** Of one package in that copy, by its key in `packages`. */
  copyAt(key: string): NpmV1Entry | undefined;
}

/** The second copy that a lockfile has of itself, if it is of npm and has one. */
export function nestedCopyOf(lockfile: Lockfile): NestedDependencies | undefined {
  return 'nestedCopy' in lockfile ? (lockfile as NpmLockfile).nestedCopy() : undefined;
}
