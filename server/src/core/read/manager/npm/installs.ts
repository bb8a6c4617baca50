import type { InstallFacts } from '../model/installs.ts';

export const npmInstalls: InstallFacts = {
  record: { path: 'node_modules/.package-lock.json', form: 'lockfile' },
  keysArePaths: true,
};
