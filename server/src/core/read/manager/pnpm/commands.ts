import type { Commands } from '../model/commands.ts';
import { mayBeFrom } from '../version.ts';

export const pnpmCommands: Commands = {
  update: 'pnpm install --lockfile-only --ignore-scripts',
  writeLockfile: 'pnpm install --lockfile-only --ignore-scripts',
  frozen: 'pnpm install --frozen-lockfile',
  audit: 'pnpm audit',
  compares: 'texts',
  resolveConflict: 'pnpm install --lockfile-only --ignore-scripts',
  // pnpm 11 and later look up the age of all locked versions, and fail if the registry lacks one.
  optionForGone: (version) => (mayBeFrom(version, '11.0.0') ? '--config.trustLockfile=true' : undefined),
  updateDeclared: (name) => `pnpm update ${name} --ignore-scripts`,
  // Without -r pnpm considers only the root's dependencies.
  updateAnywhere: (names, { hasMembers }) =>
    `pnpm update ${hasMembers ? '-r ' : ''}${names} --ignore-scripts`,
};
