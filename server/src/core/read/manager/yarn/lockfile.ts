import { type LockfileFacts, USUAL_LOCKFILE } from '../model/lockfile.ts';

/** yarn.lock of Yarn 2 and later. Its checksums are those of zip archives that Yarn makes of tarballs. */
export const berryLockfile: LockfileFacts = {
  ...USUAL_LOCKFILE,
  lacksExtensions: true,
  recordsSections: false,
  former: {
    includes: (formatVersion, { isSupported, major }) =>
      isSupported && formatVersion !== undefined && Number(formatVersion) < 8 && major !== null && major >= 4,
    isByVersion: true,
    describe: (manager) =>
      `, and ${manager} rewrites it at the next install. Do that in a separate commit and review what it adds to .yarnrc.yml.`,
  },
  keyedBySpecifier: true,
  recordsBundles: false,
  hashName: 'checksum',
};

/** yarn.lock of Yarn 1. */
export const classicLockfile: LockfileFacts = {
  ...berryLockfile,
  lacksExtensions: false,
  recordsMembers: false,
  marksTarballs: false,
  replacesPublicHost: true,
  hashName: 'integrity hash',
  updatesByDeletion: true,
};
