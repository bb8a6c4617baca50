import type { SettingDefinitions } from '../model/setting-definition.ts';

/** The settings of `[install]` in bunfig.toml. Source: Bun's docs, and its reader of the file. */
export const bunDefinitions: SettingDefinitions = {
  auto: {
    type: ['auto', 'force', 'disable', 'fallback'],
    default: 'auto',
    description: 'Whether Bun installs missing packages while a program runs.',
  },
  ca: { type: ['string', 'list'], description: 'A certificate authority for registries.' },
  cache: { type: ['map', 'boolean'], description: 'The folder of the cache, and whether it is used.' },
  cafile: { type: ['path'], description: 'A file with a certificate authority for registries.' },
  concurrentScripts: { type: ['number'], description: 'How many install scripts run at once.' },
  dev: { type: ['boolean'], default: true, description: 'Installs devDependencies.' },
  dryRun: { type: ['boolean'], default: false, description: 'Installs nothing.' },
  exact: { type: ['boolean'], default: false, description: 'Writes exact versions to package.json.' },
  frozenLockfile: {
    type: ['boolean'],
    default: false,
    description: 'Fails an install that would change the lockfile.',
  },
  globalBinDir: { type: ['path'], description: 'Where commands of global packages are linked.' },
  globalDir: { type: ['path'], description: 'Where global packages are installed.' },
  globalStore: { type: ['boolean'], description: 'Shares packages between projects.' },
  hoistPattern: { type: ['string', 'list'], description: 'The packages that isolated installs hoist.' },
  ignoreScripts: {
    type: ['boolean'],
    default: false,
    description: 'Runs no lifecycle scripts, neither of the project nor of packages.',
  },
  linker: { type: ['isolated', 'hoisted'], description: 'How packages are laid out in node_modules.' },
  linkWorkspacePackages: { type: ['boolean'], default: true, description: 'Links workspace members.' },
  lockfile: { type: ['map'], description: 'How the lockfile is written.' },
  logLevel: { type: ['debug', 'warn', 'error'], description: 'What Bun prints.' },
  minimumReleaseAge: {
    type: ['number'],
    since: '1.3.0',
    description: 'Seconds since publication before a version is installed.',
  },
  minimumReleaseAgeExcludes: {
    type: ['list'],
    since: '1.3.0',
    description: 'Packages that are exempt from the cooldown.',
  },
  optional: { type: ['boolean'], default: true, description: 'Installs optionalDependencies.' },
  peer: { type: ['boolean'], default: true, description: 'Installs peerDependencies.' },
  prefer: { type: ['online', 'offline'], description: 'Where metadata of packages comes from.' },
  production: { type: ['boolean'], default: false, description: 'Installs no devDependencies.' },
  publicHoistPattern: { type: ['string', 'list'], description: 'The packages in the root of node_modules.' },
  registry: { type: ['url', 'map'], description: 'The default registry.' },
  saveTextLockfile: { type: ['boolean'], default: true, description: 'Writes bun.lock, not bun.lockb.' },
  scopes: { type: ['map'], description: 'Registries and credentials of scopes.' },
  security: { type: ['map'], description: 'The scanner that looks at packages before they are installed.' },
};
