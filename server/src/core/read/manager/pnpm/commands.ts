import type { Commands, Installation } from '../model/commands.ts';
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
  updateDeclared: updateEverywhere,
  updateAnywhere: updateEverywhere,
};

/** Without -r pnpm considers only the dependencies that the root declares. */
function updateEverywhere(names: string, { hasMembers }: Installation): string {
  return `pnpm update ${hasMembers ? '-r ' : ''}${names} --ignore-scripts`;
}
