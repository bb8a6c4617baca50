import type { ManagerSpec } from '../manager-spec.ts';
import { pnpmBaseline } from './baseline.ts';
import { pnpmCommands } from './commands.ts';
import { pnpmCooldown } from './cooldown.ts';
import { pnpmFiles } from './files.ts';
import { pnpmFrozenInstall } from './frozen-install.ts';
import { pnpmInstalls } from './installs.ts';
import { pnpmLockfile } from './lockfile.ts';
import { pnpmOverrides } from './overrides.ts';
import { pnpmRegistries } from './registries.ts';
import { pnpmScripts } from './scripts.ts';
import { pnpmSecrets } from './secrets.ts';
import { pnpmSettings } from './settings.ts';
import { pnpmSpecifiers } from './specifiers.ts';
import { pnpmTyped } from './typed-commands.ts';

/**
 * pnpm.
 * Sources: its docs on commands and settings, with the version that added each setting, its release notes, and installs.
 */
export const pnpm: ManagerSpec = {
  name: 'pnpm',
  isCertain: true,
  title: 'pnpm',
  programs: { run: ['pnpm'], exec: ['pnpx'] },
  packages: ['pnpm', '@pnpm/exe', 'corepack'],
  files: pnpmFiles,
  commands: pnpmCommands,
  typed: pnpmTyped,
  frozenInstall: pnpmFrozenInstall,
  installs: pnpmInstalls,
  lockfile: pnpmLockfile,
  overrides: pnpmOverrides,
  scripts: pnpmScripts,
  cooldown: pnpmCooldown,
  specifiers: pnpmSpecifiers,
  settings: pnpmSettings,
  registries: pnpmRegistries,
  secrets: pnpmSecrets,
  baseline: pnpmBaseline,
  firstMaintained: 7,
  obeysPackageManager: true,
  isPinnedBy: () => false,
  hintedVersion: ({ lockedPnpm }) => ['lockfile', lockedPnpm],
};
