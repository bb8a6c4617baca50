import type { Commands } from '../model/commands.ts';
import { mayBeFrom } from '../version.ts';

export const pnpmCommands: Commands = {
  update: 'pnpm install --lockfile-only --ignore-scripts',
  writeLockfile: 'pnpm install --lockfile-only --ignore-scripts',
  frozen: 'pnpm install --frozen-lockfile',
  compares: 'texts',
  resolveConflict: 'pnpm install --lockfile-only --ignore-scripts',
  // pnpm 11 and later ask the registry how old all is that was locked, and give up where it does not know a version.
  optionForGone: (version) => (mayBeFrom(version, '11.0.0') ? '--config.trustLockfile=true' : undefined),
  updateDeclared: (name) => `pnpm update ${name} --ignore-scripts`,
  // Without -r pnpm looks at what the root depends on only.
  updateAnywhere: (names, { hasMembers }) =>
    `pnpm update ${hasMembers ? '-r ' : ''}${names} --ignore-scripts`,
};
