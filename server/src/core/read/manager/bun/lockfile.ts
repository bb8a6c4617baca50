import type { LockfileFacts } from '../model/lockfile-facts.ts';

/** Of bun.lock. */
export const bunLockfile: LockfileFacts = {
  recordsRanges: true,
  lacksExtensions: false,
  recordsSections: true,
  // Where its configuration says `print = "yarn"`.
  printed: { kind: 'yarn', mark: /^# bun /m },
  former: undefined,
  keyedBySpecifier: false,
  linksNewMembers: false,
  mayNameMembersByPath: true,
  recordsBundles: true,
  recordsMembers: true,
  recordsNamelessMembers: false,
  listsLinkedFolders: false,
  scriptFlag: undefined,
  sections: { importer: 'workspaces', package: 'packages' },
  nestsNames: true,
  marksTarballs: true,
  hasTarballsInKeys: false,
  mayNameRegistryAlone: true,
  takesRelativeUrls: false,
  asksForMissingUrl: false,
  replacesPublicHost: false,
  canEditUrls: false,
  shortensCommits: true,
  hashName: 'integrity hash',
  hashesUrlsSince: 'Bun 1.3',
  updatesByDeletion: false,
  recordsPlatforms: true,
};
