import type { LockEntry, Lockfile } from '../model/lockfile.ts';
import type { YarnLockfile } from '../yarn/yarn-lockfile.ts';

/**
 * Returns the cache keys that the checksums of a lockfile of Yarn 2 or later belong to: the file's own, which applies
 * to one without a key, and the most common one. Yarn overwrites a checksum with another key than its cache has,
 * without comparing it: if a newer Yarn has only added packages, most still have the earlier key. Undefined for other
 * lockfiles.
 */
export function usualCacheKeys(lockfile: Lockfile): ReadonlySet<string> | undefined {
  const own = lockfile.format === 'yarn' ? (lockfile as YarnLockfile).cacheKey : undefined;
  if (own === undefined) return undefined;
  const counts = new Map([[own, 0]]);
  for (const { checksum } of lockfile.entries) {
    const key = checksum === undefined ? undefined : (cacheKeyOf(checksum.value) ?? own);
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  let most = own;
  for (const [key, count] of counts) if (count > counts.get(most)!) most = key;
  return new Set([own, most]);
}

/** Checks whether Yarn compares the checksum of the entry with its download. */
export function isOfUsualCache({ checksum }: LockEntry, usual: ReadonlySet<string>): boolean {
  const key = cacheKeyOf(checksum?.value ?? '');
  return key === undefined || usual.has(key);
}

/** Returns `10c0` for `10c0/…`; undefined for a checksum without a key. */
function cacheKeyOf(checksum: string): string | undefined {
  const slash = checksum.indexOf('/');
  return slash === -1 ? undefined : checksum.slice(0, slash);
}
