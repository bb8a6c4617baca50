import type { LockEntry } from '../model/lockfile.ts';
import { isShippedInside } from '../model/shipped-inside.ts';
import { isOfUsualCache } from '../yarn-berry/cache-keys.ts';

/**
 * What ties an entry to one exact download. strong: a SHA-2 hash, or Yarn's of its own zip; weak: SHA-1 or MD5;
 * other-cache: Yarn's hash of another cache's zip; unknown: not a known hash; missing: none, although one is expected;
 * exempt: none is expected.
 */
export type HashStrength =
  | { readonly kind: 'strong' | 'other-cache' | 'unknown' | 'missing' | 'exempt' }
  | { readonly kind: 'weak'; readonly algorithm: 'sha1' | 'md5' };

const STRONG: HashStrength = { kind: 'strong' };
const OTHER_CACHE: HashStrength = { kind: 'other-cache' };
const UNKNOWN: HashStrength = { kind: 'unknown' };
const MISSING: HashStrength = { kind: 'missing' };
const EXEMPT: HashStrength = { kind: 'exempt' };

/**
 * Rates the hash of an entry. A hash is expected for downloads from a registry or a URL, but not for git packages,
 * files, folders, bundled packages, or what Yarn omits because it is for other machines. `cacheKeys` are those of the
 * checksums that Yarn verifies.
 */
export function hashStrength(entry: LockEntry, cacheKeys?: ReadonlySet<string>): HashStrength {
  if ((entry.source !== 'registry' && entry.source !== 'tarball') || isShippedInside(entry)) return EXEMPT;
  const integrity = entry.integrity?.value ?? '';
  if (integrity.startsWith('sha512-') && integrity.length > SHORTEST) return STRONG;
  if (integrity.trim() !== '') return strengthOf(integrity);
  switch (entry.checksum?.kind) {
    case 'yarn-zip':
      if (entry.checksum.value.trim() === '') break;
      if (cacheKeys === undefined || isOfUsualCache(entry, cacheKeys)) return STRONG;
      return isForSomeMachines(entry) ? EXEMPT : OTHER_CACHE;
    case 'sha1':
      // Yarn 1 writes nothing stronger for a tarball from a URL.
      return entry.source === 'tarball' ? EXEMPT : { kind: 'weak', algorithm: 'sha1' };
  }
  const variants = variantsOf(entry);
  if (variants.length > 0) {
    const strengths = variants.map(({ integrity: hash }) => strengthOf(hash?.value ?? ''));
    return strengths.find(({ kind }) => kind !== 'strong') ?? STRONG;
  }
  if (entry.version === undefined && entry.source === 'registry') return EXEMPT;
  return isForSomeMachines(entry) ? EXEMPT : MISSING;
}

/** Checks whether Yarn downloads it only for some kinds of machines. */
function isForSomeMachines(entry: LockEntry): boolean {
  return 'conditions' in entry && entry.conditions !== undefined;
}

/** Longer than a name and a hyphen, after which npm treats a missing digest as no hash. */
const SHORTEST = 'sha512-?'.length;

/** Rates the strongest hash in a text, because that is the one verified. */
function strengthOf(integrity: string): HashStrength {
  const text = integrity.trim();
  if (text === '') return MISSING;
  // Package managers skip a hash with no digest after the hyphen, and then verify nothing.
  const algorithms = text
    .split(/\s+/)
    .filter((hash) => /-[^?]/.test(hash))
    .map((hash) => hash.slice(0, hash.indexOf('-')));
  if (algorithms.length === 0 && /-/.test(text)) return MISSING;
  if (algorithms.some((algorithm) => /^sha(?:256|384|512)$/.test(algorithm))) return STRONG;
  const algorithm = algorithms.find((name) => name === 'sha1' || name === 'md5');
  return algorithm === 'sha1' || algorithm === 'md5' ? { kind: 'weak', algorithm } : UNKNOWN;
}

/** Returns the downloads of a pnpm package that has one for each kind of machine. */
function variantsOf(
  entry: LockEntry,
): readonly { readonly integrity: { readonly value: string } | undefined }[] {
  return 'variants' in entry ? (entry.variants as ReturnType<typeof variantsOf>) : [];
}
