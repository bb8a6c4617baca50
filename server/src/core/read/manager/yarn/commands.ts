import type { Commands } from '../model/commands.ts';

/** Commands of Yarn 1, which cannot write the lockfile alone. */
export const classicCommands: Commands = {
  update: 'yarn install --ignore-scripts',
  writeLockfile: undefined,
  frozen: 'yarn install --frozen-lockfile',
  // The registry no longer answers what Yarn 1 asks.
  audit: undefined,
  compares: 'texts',
  resolveConflict: undefined,
  optionForGone: () => undefined,
  updateDeclared: (name) => `yarn upgrade ${name} --ignore-scripts`,
  // `yarn upgrade` updates direct dependencies only.
  updateAnywhere: () => undefined,
};

/** Commands of Yarn 2 and later. */
export const berryCommands: Commands = {
  update: 'yarn install --mode=update-lockfile',
  writeLockfile: 'yarn install --mode=update-lockfile',
  frozen: 'yarn install --immutable',
  audit: 'yarn npm audit',
  compares: 'texts',
  resolveConflict: 'yarn install --mode=update-lockfile',
  optionForGone: () => undefined,
  updateDeclared: (name) => `yarn up -R ${name} --mode=skip-build`,
  updateAnywhere: (names) => `yarn up -R ${names} --mode=skip-build`,
};
