import { groupBy } from '../../text/group-by.ts';
import { memoizeOf } from '../../text/remember-of.ts';
import type { LockEntry, Lockfile } from './lockfile.ts';

const byName = memoizeOf(({ entries }: Lockfile) => groupBy(entries, ({ name }) => name));

/** Returns the entries of a package, in order; a lockfile may have thousands of one name, and is asked for each. */
export function entriesNamed(lockfile: Lockfile, name: string): readonly LockEntry[] {
  return byName(lockfile).get(name) ?? [];
}
