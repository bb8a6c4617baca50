import type { LockEntry, Lockfile } from '../../lockfile/model/lockfile.ts';
import type { Project } from '../project.ts';

/** The entries of a lockfile of the base, by what they install. */
const known = new WeakMap<Lockfile, ReadonlySet<string>>();

/**
 * Returns a function that checks whether the base installs a package from the same URL with the same hash. False
 * without a hash, because the host may then serve another file each time, or if the base is unknown.
 */
export function sameInBase(
  lockfile: Lockfile,
  {
    lockfile: own,
    lockfileBase,
    committedLockfile,
  }: Pick<Project, 'lockfile' | 'lockfileBase' | 'committedLockfile'>,
): (entry: LockEntry) => boolean {
  if (lockfile !== own) return () => false;
  if (lockfileBase === 'same') return (entry) => keyOf(entry) !== undefined;
  if (committedLockfile === undefined) return () => false;
  let keys = known.get(committedLockfile);
  if (keys === undefined) {
    keys = new Set(committedLockfile.entries.flatMap((entry) => keyOf(entry) ?? []));
    known.set(committedLockfile, keys);
  }
  const before = keys;
  return (entry) => {
    const key = keyOf(entry);
    return key !== undefined && before.has(key);
  };
}

function keyOf({ name, version, resolved, integrity }: LockEntry): string | undefined {
  if (resolved === undefined || integrity === undefined || integrity.value === '') return undefined;
  return JSON.stringify([name, version?.value, resolved.value, integrity.value]);
}
