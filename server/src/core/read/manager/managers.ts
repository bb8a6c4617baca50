import type { SettingsFile } from '../config/setting-lines.ts';
import type { Yarnrc } from '../config/yarn/yarnrc.ts';
import { bun } from './bun/bun.ts';
import type { ManagerSpec } from './manager-spec.ts';
import { npm } from './npm/npm.ts';
import type { ManagerKind, PackageManagerName } from './package-manager.ts';
import { pnpm } from './pnpm/pnpm.ts';
import { yarnBerry, yarnClassic, yarnOfUnknownVersion } from './yarn/yarn.ts';

/** The default package manager. */
export const DEFAULT_MANAGER: PackageManagerName = npm.name;

/** One specification for each name, in the order in which their files are detected. */
export const MANAGERS: readonly ManagerSpec[] = [npm, yarnBerry, pnpm, bun];

/**
 * Returns the specification of a package manager. For a Yarn that may be Yarn 1 or a later one, each answer is safe for
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

/** Returns the specification by name alone: for Yarn that of Yarn 2 and later. */
export function specNamed(name: PackageManagerName): ManagerSpec {
  return MANAGERS.find((spec) => spec.name === name)!;
}

/** Returns the specification of the Yarn that reads a configuration file. */
export function specOfYarnrc({ dialect }: Pick<Yarnrc, 'dialect'>): ManagerSpec {
  return yarnOfGeneration(dialect);
}

/** Returns the package manager that reads a settings file; for an .npmrc that of the project. */
export function readerOf(file: SettingsFile, manager: ManagerKind): ManagerSpec {
  if (file.kind === 'npmrc') return specOf(manager);
  if (file.kind === 'yarnrc') return specOfYarnrc(file);
  return MANAGERS.find(({ files }) => files.settingsKind === file.kind)!;
}

/** Returns the key that sets the cooldown in a file; undefined if its reader has none there. */
export function cooldownKeyIn(
  file: SettingsFile,
  { cooldown }: ManagerSpec,
  version: string | undefined,
): string | undefined {
  if (file.kind === 'npmrc') return cooldown.keyInNpmrc(version);
  return file.kind === cooldown.home?.kind ? cooldown.home.key : undefined;
}

/** Returns the specification of Yarn 1, or of Yarn 2 and later. */
export function yarnOfGeneration(generation: 'classic' | 'berry'): ManagerSpec {
  return generation === 'classic' ? yarnClassic : yarnBerry;
}

/** Returns the package manager that has a program of this name: `npm` and `npx`, `pnpm`, `yarn`, `bun` and `bunx`. */
export function managerOfProgram(program: string): ManagerSpec | undefined {
  return MANAGERS.find(({ typed }) => typed.programs.includes(program));
}
