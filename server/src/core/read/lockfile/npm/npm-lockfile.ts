import type { Lockfile } from '../model/lockfile.ts';
import type { NpmV1Entry } from '../npm-v1/npm-v1-entry.ts';
import type { NestedDependencies } from '../npm-v1/read-dependencies.ts';

/** A lockfile of npm 7 or later, with its packages in `packages`. */
export interface NpmLockfile extends Lockfile {
  /**
   * Returns the second copy for npm up to 6, in `dependencies` of version 2 of the file; undefined if there is none.
   * Read on every call, because it is rarely needed.
   */
  nestedCopy(): NestedDependencies | undefined;
  /** Returns a string or number member of the file, such as `packageExtensionsHash`. */
  member(name: string): string | undefined;
  /** Returns one package of that copy, by its key in `packages`. */
  copyAt(key: string): NpmV1Entry | undefined;
}

/** Checks whether it has its packages in `packages`, whatever its version says. */
export function isNpmLockfile(lockfile: Lockfile): lockfile is NpmLockfile {
  return 'nestedCopy' in lockfile;
}

/** Returns the second copy inside a lockfile of npm, if it has one. */
export function nestedCopyOf(lockfile: Lockfile): NestedDependencies | undefined {
  return isNpmLockfile(lockfile) ? lockfile.nestedCopy() : undefined;
}

export type NpmLockfileKind = 'package-lock' | 'npm-shrinkwrap';
