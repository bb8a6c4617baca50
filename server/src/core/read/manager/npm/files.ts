import type { ManagerFiles } from '../model/files.ts';
import { ignoresShrinkwrap } from './ignores-shrinkwrap.ts';

export const npmFiles: ManagerFiles = {
  lockfiles: [
    { name: 'package-lock.json', kind: 'package-lock', isBinary: false },
    { name: 'npm-shrinkwrap.json', kind: 'npm-shrinkwrap', isBinary: false },
  ],
  choose: (version) => ({
    name: ignoresShrinkwrap({ name: 'npm', version }) ? 'package-lock.json' : 'npm-shrinkwrap.json',
    isByVersion: true,
  }),
  settings: [],
  settingsKind: undefined,
  sign: undefined,
  above: [],
  readsEnvFiles: false,
  readsOutsideRoot: false,
  nearest: undefined,
};
