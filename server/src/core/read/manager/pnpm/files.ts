import type { ManagerFiles } from '../model/files.ts';

/** The field of package.json with the settings of pnpm up to 10. */
export const PNPM_FIELD = 'pnpm';

export const pnpmFiles: ManagerFiles = {
  lockfiles: [{ name: 'pnpm-lock.yaml', kind: 'pnpm', isBinary: false }],
  choose: () => ({ name: 'pnpm-lock.yaml', isByVersion: false }),
  settings: ['pnpm-workspace.yaml'],
  settingsKind: 'pnpmWorkspace',
  sign: 'pnpm-workspace.yaml',
  above: [],
  readsEnvFiles: false,
  readsOutsideRoot: false,
  nearest: 'pnpm-workspace.yaml',
};
