import { groupBy } from '../../text/group-by.ts';
import { memoizeOf } from '../../text/remember-of.ts';
import type { LockEntry, Lockfile } from './lockfile.ts';

const byVersion = memoizeOf(({ entries }: Lockfile) =>
  groupBy(entries, ({ name, version }) => `${name} ${version?.value}`),
);

/** Returns the entries of a version, in order; a lockfile may have thousands of each, and is asked for all. */
export function entriesOfVersion(lockfile: Lockfile, name: string, version: string): readonly LockEntry[] {
  return byVersion(lockfile).get(`${name} ${version}`) ?? [];
}
