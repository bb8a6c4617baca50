import { hashList } from '../record/hash-list.ts';
import type { LockEntry } from './lockfile.ts';

/** Hashes of one download, by algorithm: any one of an algorithm's is enough. */
export type Hashes = ReadonlyMap<string, ReadonlySet<string>>;

export type HashComparison =
  | { readonly result: 'same' | 'unknown' }
  | { readonly result: 'other'; readonly algorithm: string };

/** From the strongest on, as ssri chooses. Yarn's own come last: they are compared only with each other. */
export const STRENGTH: readonly string[] = ['sha512', 'sha384', 'sha256', 'sha1', 'md5'];

/**
 * What the entry says that its download must hash to. A checksum of Yarn 2 and later is that of a zip, which depends on
 * how it is compressed: the key of the cache in front of it is part of the algorithm's name. What is no hash is left out.
 */
export function hashesOf(entry: Pick<LockEntry, 'integrity' | 'checksum'>): Hashes {
  const hashes = new Map<string, Set<string>>();
  for (const { algorithm, digest } of hashList(entry)) {
    if (algorithm === 'unknown') continue;
    const known = hashes.get(algorithm);
    if (known === undefined) hashes.set(algorithm, new Set([digest]));
    else known.add(digest);
  }
  return hashes;
}

/** Whether an algorithm is that of Yarn's checksums, which are of a zip that Yarn makes itself. */
export function isOfZip(algorithm: string): boolean {
  return algorithm.startsWith('zip ');
}

/** Compares by the strongest algorithm that both have; without one nothing is known. */
export function compareHashes(a: Hashes, b: Hashes): HashComparison {
  const shared = [...a.keys()].filter((algorithm) => b.has(algorithm));
  const algorithm = STRENGTH.find((one) => shared.includes(one)) ?? shared.find(isOfZip);
  if (algorithm === undefined) return { result: 'unknown' };
  const theirs = b.get(algorithm)!;
  const isSame = [...a.get(algorithm)!].some((digest) => theirs.has(digest));
  return isSame ? { result: 'same' } : { result: 'other', algorithm };
}
