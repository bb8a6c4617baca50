import type { ManagerFiles } from '../model/manager-files.ts';

export const bunFiles: ManagerFiles = {
  lockfiles: [
    { name: 'bun.lock', kind: 'bun', isBinary: false },
    { name: 'bun.lockb', kind: 'bun', isBinary: true },
  ],
  settings: ['bunfig.toml'],
  settingsKind: 'bunfig',
  sign: 'bunfig.toml',
  above: [],
  isReadOutside: true,
  nearest: undefined,
};
