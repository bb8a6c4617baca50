import type { Lockfile } from '../model/lockfile.ts';
import type { YarnLockfile } from './yarn-lockfile.ts';

/** Returns a yarn.lock of which nothing is read. */
export function emptyYarnLockfile(unread: Lockfile): YarnLockfile {
  return {
    ...unread,
    entries: [],
    importers: new Map(),
    links: [],
    entry: () => undefined,
    named: () => [],
    resolve: () => undefined,
    follow: () => undefined,
    origin: (entry) => entry,
  };
}
