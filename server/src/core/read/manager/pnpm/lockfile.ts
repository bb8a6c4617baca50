import { type LockfileFacts, USUAL_LOCKFILE } from '../model/lockfile.ts';

/** Of pnpm-lock.yaml. */
export const pnpmLockfile: LockfileFacts = {
  ...USUAL_LOCKFILE,
  mayBeOfRush: true,
  recordsRanges: false,
  former: {
    includes: (formatVersion) => /^[1-5](?:\.|$)/.test(formatVersion ?? ''),
    isByVersion: false,
    describe: () => ', which pnpm up to 7 wrote. Later versions rewrite it at the next install.',
  },
  sections: { importer: 'importers', package: 'packages' },
  hasTarballsInKeys: true,
  hashesUrlsSince: 'pnpm 11',
};
