import type { LockEntry } from '../../../core/read/lockfile/model/lockfile.ts';

/**
 * Returns the entries that a lockfile lacked before, or had with another source or hash. A URL that is merely absent,
 * before or after, changes nothing: npm leaves out the URLs of registries with omit-lockfile-registry-resolved, and the
 * hash at the same place is of the same files.
 */
export function addedEntries(
  entries: readonly LockEntry[],
  before: readonly LockEntry[],
): ReadonlySet<LockEntry> {
  const same = new Set(before.map(identityOf));
  const placed = new Map(before.map((entry) => [placeOf(entry), entry]));
  return new Set(
    entries.filter((entry) => {
      if (same.has(identityOf(entry))) return false;
      const earlier = entry.integrity === undefined ? undefined : placed.get(placeOf(entry));
      return earlier === undefined || (entry.resolved !== undefined && earlier.resolved !== undefined);
    }),
  );
}

function identityOf({ name, version, source, resolved, integrity }: LockEntry): string {
  return JSON.stringify([name, version?.value, source, resolved?.value, integrity?.value]);
}

function placeOf({ key, name, version, source, integrity }: LockEntry): string {
  return JSON.stringify([key, name, version?.value, source, integrity?.value]);
}
