import type { ManagerSpec } from '../manager-spec.ts';
import { npmCommands } from './commands.ts';
import { npmCooldown } from './cooldown.ts';
import { npmLockfile } from './lockfile.ts';
import { npmOverrides } from './overrides.ts';
import { npmRegistries } from './registries.ts';
import { npmScripts } from './scripts.ts';

/** npm 7 and later, which all read the same files. */
export const npm: ManagerSpec = {
  name: 'npm',
  isCertain: true,
  title: 'npm',
  programs: { run: ['npm'], exec: ['npx'] },
  packages: ['npm'],
  files: {
    lockfiles: [
      { name: 'package-lock.json', kind: 'package-lock', isBinary: false },
      { name: 'npm-shrinkwrap.json', kind: 'npm-shrinkwrap', isBinary: false },
    ],
    settings: [],
    settingsKind: undefined,
    sign: undefined,
    above: [],
    isReadOutside: false,
    nearest: undefined,
  },
  commands: npmCommands,
  lockfile: npmLockfile,
  overrides: npmOverrides,
  scripts: npmScripts,
  cooldown: npmCooldown,
  registries: npmRegistries,
  hintedVersion: () => [undefined, undefined],
};
