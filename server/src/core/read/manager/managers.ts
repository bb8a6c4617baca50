import type { Yarnrc } from '../config/yarn/yarnrc.ts';
import { bun } from './bun/bun.ts';
import type { ManagerSpec } from './manager-spec.ts';
import { npm } from './npm/npm.ts';
import type { ManagerKind, PackageManagerName } from './package-manager.ts';
import { pnpm } from './pnpm/pnpm.ts';
import { yarnBerry, yarnClassic, yarnOfUnknownVersion } from './yarn/yarn.ts';

/** The one that installs where nothing says otherwise. */
export const DEFAULT_MANAGER: PackageManagerName = npm.name;

/** One of each name, in the order in which files of a folder are looked through for them. */
export const MANAGERS: readonly ManagerSpec[] = [npm, yarnBerry, pnpm, bun];

/**
 * Returns what a package manager does. Of a Yarn that may be 1 or a later one, for each question what is safe to say of
 * both.
 */
export function specOf({ name, generation }: ManagerKind): ManagerSpec {
  switch (name) {
    case 'npm':
      return npm;
    case 'pnpm':
      return pnpm;
    case 'bun':
      return bun;
    case 'yarn':
      return generation === undefined ? yarnOfUnknownVersion : yarnOfGeneration(generation);
  }
}

/** Returns what is the same in all versions of a package manager, and else what the present one does. */
export function specNamed(name: PackageManagerName): ManagerSpec {
  return MANAGERS.find((spec) => spec.name === name)!;
}

/** Returns the Yarn that reads a configuration file. */
export function specOfYarnrc({ dialect }: Pick<Yarnrc, 'dialect'>): ManagerSpec {
  return yarnOfGeneration(dialect);
}

/** Returns Yarn 1, or Yarn 2 and later. */
export function yarnOfGeneration(generation: 'classic' | 'berry'): ManagerSpec {
  return generation === 'classic' ? yarnClassic : yarnBerry;
}
