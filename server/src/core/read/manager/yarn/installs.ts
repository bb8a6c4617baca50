import type { InstallFacts } from '../model/installs.ts';

/** Only its linker `node-modules` keeps this one. */
export const berryInstalls: InstallFacts = {
  record: { path: 'node_modules/.yarn-state.yml', form: 'locators' },
  keysArePaths: false,
};

export const classicInstalls: InstallFacts = {
  record: { path: 'node_modules/.yarn-integrity', form: 'specifiers' },
  keysArePaths: false,
};
