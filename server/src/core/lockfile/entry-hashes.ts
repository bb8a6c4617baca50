import { base64ToBytes } from '../text/base64.ts';
import type { LockEntry } from './lockfile.ts';

/** Hashes of one download, by algorithm: any one of an algorithm's is enough. */
export type Hashes = ReadonlyMap<string, ReadonlySet<string>>;

export type HashComparison =
  | { readonly result: 'same' | 'unknown' }
  | { readonly result: 'other'; readonly algorithm: string };

/** From the strongest on, as ssri chooses. Yarn's own come last: they are compared only with each other. */
const STRENGTH = ['sha512', 'sha384', 'sha256', 'sha1', 'md5'];

/**
 * What the entry says that its download must hash to. A checksum of Yarn 2 and later is that of a zip, which depends on
 * how it is compressed: the key of the cache in front of it is part of the algorithm's name.
 */
export function hashesOf({ integrity, checksum }: Pick<LockEntry, 'integrity' | 'checksum'>): Hashes {
  const hashes = new Map<string, Set<string>>();
  const add = (algorithm: string, digest: string): void => {
    const known = hashes.get(algorithm);
    if (known === undefined) hashes.set(algorithm, new Set([digest]));
    else known.add(digest);
  };
  for (const { algorithm, digest } of readIntegrity(integrity?.value ?? '')) add(algorithm, digest);
  if (checksum?.kind === 'sha1') add('sha1', checksum.value.toLowerCase());
  else if (checksum !== undefined) {
    const slash = checksum.value.indexOf('/');
    add(`zip ${checksum.value.slice(0, slash + 1)}`, checksum.value.slice(slash + 1).toLowerCase());
  }
  return hashes;
}

/** Compares by the strongest algorithm that both have; without one nothing is known. */
export function compareHashes(a: Hashes, b: Hashes): HashComparison {
  const shared = [...a.keys()].filter((algorithm) => b.has(algorithm));
  const algorithm =
    STRENGTH.find((one) => shared.includes(one)) ?? shared.find((one) => one.startsWith('zip '));
  if (algorithm === undefined) return { result: 'unknown' };
  const theirs = b.get(algorithm)!;
  const isSame = [...a.get(algorithm)!].some((digest) => theirs.has(digest));
  return isSame ? { result: 'same' } : { result: 'other', algorithm };
}

/** The hashes of a Subresource Integrity text with their digests in hexadecimal. What is none of it is left out. */
function* readIntegrity(
  text: string,
): Generator<{ readonly algorithm: string; readonly digest: string }, void> {
  for (const hash of text.trim().split(/\s+/)) {
    const match = /^(sha512|sha384|sha256|sha1|md5)-([A-Za-z\d+/]+=*)(?:\?.*)?$/.exec(hash);
    if (match === null) continue;
    const bytes = base64ToBytes(match[2]!);
    yield {
      algorithm: match[1]!,
      digest: bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    };
  }
}
