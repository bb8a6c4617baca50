import { type LockfileFacts, USUAL_LOCKFILE } from '../model/lockfile.ts';

/** package-lock.json and npm-shrinkwrap.json. */
export const npmLockfile: LockfileFacts = {
  ...USUAL_LOCKFILE,
  linksNewMembers: true,
  listsLinkedFolders: true,
  scriptFlag: 'hasInstallScript',
  marksTarballs: false,
  asksForMissingUrl: true,
  replacesPublicHost: true,
  canEditUrls: true,
};
