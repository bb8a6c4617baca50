import type { Commands } from '../model/commands.ts';

/** Commands of npm 7 and later. */
export const npmCommands: Commands = {
  update: 'npm install --package-lock-only --ignore-scripts',
  writeLockfile: 'npm install --package-lock-only --ignore-scripts',
  frozen: 'npm ci',
  audit: 'npm audit',
  compares: 'versions',
  resolveConflict: 'npm install --package-lock-only --ignore-scripts',
  optionForGone: () => undefined,
  updateDeclared: (name) => `npm update ${name} --ignore-scripts`,
  updateAnywhere: (names) => `npm update ${names} --ignore-scripts`,
};
