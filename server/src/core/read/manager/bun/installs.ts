import type { InstallFacts } from '../model/installs.ts';

export const bunInstalls: InstallFacts = { record: undefined, keysArePaths: false };
