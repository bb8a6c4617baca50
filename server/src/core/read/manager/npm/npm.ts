import type { ManagerSpec } from '../manager-spec.ts';
import { npmBaseline } from './baseline.ts';
import { npmCommands } from './commands.ts';
import { npmCooldown } from './cooldown.ts';
import { npmFiles } from './files.ts';
import { npmFrozenInstall } from './frozen-install.ts';
import { npmInstalls } from './installs.ts';
import { npmLockfile } from './lockfile.ts';
import { npmOverrides } from './overrides.ts';
import { npmRegistries } from './registries.ts';
import { npmScripts } from './scripts.ts';
import { npmSecrets } from './secrets.ts';
import { npmSettings } from './settings.ts';
import { npmSpecifiers } from './specifiers.ts';
import { npmTyped } from './typed-commands.ts';

/**
 * npm.
 * Sources: its docs on commands, `config`, package.json and package-lock.json, its change log, and installs.
 */
export const npm: ManagerSpec = {
  name: 'npm',
  isCertain: true,
  title: 'npm',
  programs: { run: ['npm'], exec: ['npx'] },
  packages: ['npm'],
  files: npmFiles,
  commands: npmCommands,
  typed: npmTyped,
  frozenInstall: npmFrozenInstall,
  installs: npmInstalls,
  lockfile: npmLockfile,
  overrides: npmOverrides,
  scripts: npmScripts,
  cooldown: npmCooldown,
  specifiers: npmSpecifiers,
  settings: npmSettings,
  registries: npmRegistries,
  secrets: npmSecrets,
  baseline: npmBaseline,
  firstMaintained: 7,
  obeysPackageManager: false,
  isPinnedBy: () => false,
  hintedVersion: () => [undefined, undefined],
};
