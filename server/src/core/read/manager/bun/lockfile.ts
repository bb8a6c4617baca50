import { type LockfileFacts, USUAL_LOCKFILE } from '../model/lockfile.ts';

/** bun.lock. */
export const bunLockfile: LockfileFacts = {
  ...USUAL_LOCKFILE,
  // With `print = "yarn"` in bunfig.toml.
  printed: { kind: 'yarn', mark: /^# bun /m },
  mayNameMembersByPath: true,
  recordsNamelessMembers: false,
  sections: { importer: 'workspaces', package: 'packages' },
  nestsNames: true,
  mayNameRegistryAlone: true,
  takesRelativeUrls: false,
  shortensCommits: true,
  hashesUrlsSince: 'Bun 1.3',
  recordsPlatforms: true,
};
