import type { Lockfile } from '../../lockfile/model/lockfile.ts';
import { yarnGeneration } from '../../lockfile/yarn/yarn-generation.ts';
import type { PackageManagerName } from '../../manager/package-manager.ts';
import { managerOfLockfile } from './package-manager.ts';

/** The command lines of a package manager that have to do with its lockfile. */
export interface InstallCommands {
  /** Makes the lockfile fit the manifests, and runs no scripts. */
  readonly update: string;
  /** Installs what is locked, and fails where that does not fit the manifests. */
  readonly frozen: string;
  /**
   * What makes `frozen` fail. texts: any difference between a manifest and the lockfile's copy of it. versions: a locked
   * version that does not fit. packages: that others would be locked.
   */
  readonly compares: 'texts' | 'versions' | 'packages';
}

const COMMANDS = {
  npm: {
    update: 'npm install --package-lock-only --ignore-scripts',
    frozen: 'npm ci',
    compares: 'versions',
  },
  pnpm: {
    update: 'pnpm install --lockfile-only --ignore-scripts',
    frozen: 'pnpm install --frozen-lockfile',
    compares: 'texts',
  },
  // Yarn 1 has no way to write the lockfile alone.
  yarnClassic: {
    update: 'yarn install --ignore-scripts',
    frozen: 'yarn install --frozen-lockfile',
    compares: 'texts',
  },
  yarn: {
    update: 'yarn install --mode=update-lockfile',
    frozen: 'yarn install --immutable',
    compares: 'texts',
  },
  bun: {
    update: 'bun install --lockfile-only --ignore-scripts',
    frozen: 'bun install --frozen-lockfile',
    compares: 'packages',
  },
} as const satisfies Record<string, InstallCommands>;

/** Those of the package manager that wrote the lockfile. */
export function commandsOf(lockfile: Lockfile): InstallCommands {
  const isClassic = yarnGeneration(lockfile) === 'classic';
  return isClassic ? COMMANDS.yarnClassic : COMMANDS[managerOfLockfile(lockfile.format)];
}

/** Those of a package manager; of Yarn those of Yarn 2 and later. */
export function commandsOfManager(name: PackageManagerName): InstallCommands {
  return COMMANDS[name];
}
