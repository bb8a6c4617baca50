import type { ManagerSpec } from '../manager-spec.ts';
import { berryBaseline, classicBaseline, unknownBaseline } from './baseline.ts';
import { berryCommands, classicCommands } from './commands.ts';
import { yarnCooldown } from './cooldown.ts';
import { berryFiles, classicFiles } from './files.ts';
import { berryFrozenInstall, classicFrozenInstall } from './frozen-install.ts';
import { berryInstalls, classicInstalls } from './installs.ts';
import { berryLockfile, classicLockfile } from './lockfile.ts';
import { berryOverrides, classicOverrides } from './overrides.ts';
import { berryRegistries, classicRegistries } from './registries.ts';
import { berryScripts, classicScripts, unknownScripts } from './scripts.ts';
import { berrySecrets, classicSecrets } from './secrets.ts';
import { berrySettings, classicSettings } from './settings.ts';
import { berrySpecifiers, classicSpecifiers } from './specifiers.ts';
import { yarnTyped } from './typed-commands.ts';
import { generationOfYarnLock, versionInYarnPath, yarnGenerationOf } from './version.ts';

/**
 * Yarn 2 and later.
 * Sources: its docs on commands, .yarnrc.yml and package.json, its change log, `@yarnpkg/parsers`, and installs.
 */
export const yarnBerry: ManagerSpec = {
  name: 'yarn',
  isCertain: true,
  title: 'Yarn',
  programs: { run: ['yarn', 'yarnpkg'], exec: [] },
  packages: ['yarn', 'corepack', '@yarnpkg/cli', '@yarnpkg/cli-dist'],
  files: berryFiles,
  commands: berryCommands,
  typed: yarnTyped,
  frozenInstall: berryFrozenInstall,
  installs: berryInstalls,
  lockfile: berryLockfile,
  overrides: berryOverrides,
  scripts: berryScripts,
  cooldown: yarnCooldown,
  settings: berrySettings,
  specifiers: berrySpecifiers,
  registries: berryRegistries,
  secrets: berrySecrets,
  baseline: berryBaseline,
  generationOf: yarnGenerationOf,
  generationOfLockfile: generationOfYarnLock,
  firstMaintained: 1,
  // `yarnPath` is a copy of Yarn in the repository.
  obeysPackageManager: true,
  isPinnedBy: ({ yarnrcs }) => yarnrcs.some(({ yarnPath }) => yarnPath !== undefined),
  hintedVersion: ({ yarnPath }) => ['yarnPath', versionInYarnPath(yarnPath)],
};

/**
 * Yarn 1, which shares little but the name with later ones.
 * Sources: its docs and its code, which no longer changes.
 */
export const yarnClassic: ManagerSpec = {
  ...yarnBerry,
  files: classicFiles,
  commands: classicCommands,
  frozenInstall: classicFrozenInstall,
  installs: classicInstalls,
  lockfile: classicLockfile,
  overrides: classicOverrides,
  scripts: classicScripts,
  cooldown: { ...yarnCooldown, home: undefined },
  settings: classicSettings,
  specifiers: classicSpecifiers,
  registries: classicRegistries,
  secrets: classicSecrets,
  baseline: classicBaseline,
};

/**
 * A Yarn of unknown generation: commands and keys of overrides are those of Yarn 1, settings and decisions on scripts
 * those of later ones.
 */
export const yarnOfUnknownVersion: ManagerSpec = {
  ...yarnClassic,
  isCertain: false,
  frozenInstall: undefined,
  files: berryFiles,
  lockfile: { ...classicLockfile, lacksExtensions: true },
  scripts: unknownScripts,
  settings: berrySettings,
  baseline: unknownBaseline,
  registries: { ...classicRegistries, refusedFile: berryRegistries.refusedFile },
};
