import type { InstallFacts } from '../model/installs.ts';

export const pnpmInstalls: InstallFacts = {
  record: { path: 'node_modules/.pnpm/lock.yaml', form: 'lockfile' },
  keysArePaths: false,
};
