import type { Commands } from '../model/commands.ts';
import { isBunSince14 } from './version.ts';

export const bunCommands: Commands = {
  update: 'bun install --lockfile-only --ignore-scripts',
  writeLockfile: 'bun install --lockfile-only --ignore-scripts',
  frozen: 'bun install --frozen-lockfile',
  audit: 'bun audit',
  compares: 'packages',
  // Bun cannot read a lockfile with conflict markers.
  resolveConflict: undefined,
  optionForGone: () => undefined,
  // Before 1.4 it adds transitive dependencies, and those of members, to the root's package.json.
  updateDeclared: (name, installation) => updateFrom14(name, installation),
  updateAnywhere: (names, installation) => updateFrom14(names, installation),
};

const updateFrom14: Commands['updateAnywhere'] = (names, installation) =>
  isBunSince14(installation) ? `bun update ${names} --ignore-scripts` : undefined;
