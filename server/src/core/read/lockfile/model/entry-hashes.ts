import { hashList } from '../record/hash-list.ts';
import type { LockEntry } from './lockfile.ts';

/** Hashes of one download, by algorithm: any one hash of an algorithm is enough. */
export type Hashes = ReadonlyMap<string, ReadonlySet<string>>;

export type HashComparison =
  | { readonly result: 'same' | 'unknown' }
  | { readonly result: 'other'; readonly algorithm: string };

/**
 * Strongest first, in the order in which ssri chooses. Yarn's own come last: they are compared only with each other.
 */
export const STRENGTH: readonly string[] = ['sha512', 'sha384', 'sha256', 'sha1', 'md5'];

/**
 * Returns the hashes that the entry accepts for its download. A checksum of Yarn 2 and later is that of a zip, which
 * depends on the compression: the cache key in front of it is part of the algorithm's name. Invalid hashes are skipped.
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

/** Returns the hashes that a registry gives for a version's file. */
export function registryHashes(integrity: string | undefined, shasum: string | undefined): Hashes {
  const span = { start: 0, end: 0 };
  return hashesOf({
    integrity: integrity === undefined ? undefined : { value: integrity, span },
    checksum: shasum === undefined ? undefined : { kind: 'sha1', value: shasum, span },
  });
}

/** Returns the hashes of a file by its digests in hexadecimal. */
export function hashesFrom(digests: ReadonlyMap<string, string>): Hashes {
  return new Map([...digests].map(([algorithm, digest]) => [algorithm, new Set([digest])]));
}

/** Checks whether an algorithm is that of Yarn's checksums, which are of a zip that Yarn makes itself. */
export function isOfZip(algorithm: string): boolean {
  return algorithm.startsWith('zip ');
}

/** Compares by the strongest algorithm that both have; without one the result is unknown. */
export function compareHashes(a: Hashes, b: Hashes): HashComparison {
  const shared = [...a.keys()].filter((algorithm) => b.has(algorithm));
  const algorithm = STRENGTH.find((one) => shared.includes(one)) ?? shared.find(isOfZip);
  if (algorithm === undefined) return { result: 'unknown' };
  const theirs = b.get(algorithm)!;
  const isSame = [...a.get(algorithm)!].some((digest) => theirs.has(digest));
  return isSame ? { result: 'same' } : { result: 'other', algorithm };
}
