import { createHashBuckets, type HashBuckets } from './hash-buckets.ts';
import { hashOf } from './rolling-hash.ts';

/** From a key to the numbers of the names that have it. Several names may share a key. */
export interface KeyTable {
  /**
   * Checks whether some name may have a key of this hash: no false negatives, and false positives only on a collision.
   */
  mayHave(hash: number): boolean;
  /**
   * Returns the numbers of the names with exactly this key, in order; `hash` if they are stored under another than the
   * key's.
   */
  find(key: string, hash?: number): readonly number[];
}

/** Looks up the key in buckets of hashes of keys; `keyOf` distinguishes names whose hashes collide. */
export function keyTable(buckets: HashBuckets, keyOf: (number: number) => string): KeyTable {
  return {
    mayHave: buckets.has,
    find(key, hash = hashOf(key)) {
      const found: number[] = [];
      if (!buckets.has(hash)) return found;
      buckets.forEach(hash, (number) => {
        if (keyOf(number) === key) found.push(number);
      });
      return found.length < 2 ? found : found.sort((a, b) => a - b);
    },
  };
}

/** Stores the nonzero hashes by their index in the array. */
export function bucketsOf(hashes: Int32Array): HashBuckets {
  let filled = 0;
  for (let i = 0; i < hashes.length; i++) if (hashes[i] !== 0) filled++;
  const buckets = createHashBuckets(filled);
  for (let i = 0; i < hashes.length; i++) if (hashes[i] !== 0) buckets.add(hashes[i]!, i);
  return buckets;
}
