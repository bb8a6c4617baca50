import type { ManagerSpec } from '../manager-spec.ts';
import { bunBaseline } from './baseline.ts';
import { bunCommands } from './commands.ts';
import { bunCooldown } from './cooldown.ts';
import { bunFiles } from './files.ts';
import { bunFrozenInstall } from './frozen-install.ts';
import { bunInstalls } from './installs.ts';
import { bunLockfile } from './lockfile.ts';
import { bunOverrides } from './overrides.ts';
import { bunRegistries } from './registries.ts';
import { bunScripts } from './scripts.ts';
import { bunSecrets } from './secrets.ts';
import { bunSettings } from './settings.ts';
import { bunSpecifiers } from './specifiers.ts';
import { bunTyped } from './typed-commands.ts';

/**
 * Bun.
 * Sources: its docs on `bun install` and bunfig.toml, its release notes, and installs.
 */
export const bun: ManagerSpec = {
  name: 'bun',
  isCertain: true,
  title: 'Bun',
  programs: { run: ['bun'], exec: ['bunx'] },
  packages: ['bun'],
  files: bunFiles,
  commands: bunCommands,
  typed: bunTyped,
  frozenInstall: bunFrozenInstall,
  installs: bunInstalls,
  lockfile: bunLockfile,
  overrides: bunOverrides,
  scripts: bunScripts,
  cooldown: bunCooldown,
  specifiers: bunSpecifiers,
  settings: bunSettings,
  registries: bunRegistries,
  secrets: bunSecrets,
  baseline: bunBaseline,
  firstMaintained: 1,
  obeysPackageManager: false,
  isPinnedBy: () => false,
  hintedVersion: () => [undefined, undefined],
};
