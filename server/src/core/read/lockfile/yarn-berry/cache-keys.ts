import type { LockEntry, Lockfile } from '../model/lockfile.ts';
import type { YarnLockfile } from '../yarn/yarn-lockfile.ts';

/**
 * The keys of the caches that the checksums of a lockfile of Yarn 2 or later are of: the file's own, which one without a
 * key has, and the one that most have. Yarn writes over a checksum with another key than its cache has, and does not
 * compare it: where a newer Yarn has only added packages, most still have the key from before. Undefined for other
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

/** Whether Yarn compares the checksum of the entry with what it downloads. */
export function isOfUsualCache({ checksum }: LockEntry, usual: ReadonlySet<string>): boolean {
  const key = cacheKeyOf(checksum?.value ?? '');
  return key === undefined || usual.has(key);
}

/** `10c0` of `10c0/…`; undefined of a checksum without a key. */
function cacheKeyOf(checksum: string): string | undefined {
  const slash = checksum.indexOf('/');
  return slash === -1 ? undefined : checksum.slice(0, slash);
}
