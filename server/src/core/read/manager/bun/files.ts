import type { ManagerFiles } from '../model/files.ts';

export const bunFiles: ManagerFiles = {
  lockfiles: [
    { name: 'bun.lock', kind: 'bun', isBinary: false },
    { name: 'bun.lockb', kind: 'bun', isBinary: true },
  ],
  choose: () => ({ name: 'bun.lock', isByVersion: false }),
  settings: ['bunfig.toml'],
  settingsKind: 'bunfig',
  sign: 'bunfig.toml',
  above: [],
  readsEnvFiles: true,
  readsOutsideRoot: true,
  nearest: undefined,
};
