import { hashOf } from './rolling-hash.ts';

/** From a key to the ranks of the popular names that have it. Several names may share a key. */
export interface KeyTable {
  /** Whether some name may have a key of this hash: never wrongly no, and wrongly yes only on a collision. */
  mayHave(hash: number): boolean;
  /** The ranks of the names with exactly this key, most downloaded first. */
  ranks(key: string, hash?: number): readonly number[];
}

/** How names are filed: under the hash of their key, 0 for a name without one; and the key itself, to be sure. */
export interface KeyForm {
  /** By rank. */
  readonly hashes: Int32Array;
  readonly key: (name: string) => string | undefined;
}

/**
 * Files names in order of rank. Open addressing over typed arrays: neither object nor string is kept for a
 * name, and filing takes a millisecond.
 */
export function createKeyTable(names: readonly string[], form: KeyForm): KeyTable {
  const buckets = createHashBuckets(names.length);
  for (let rank = 0; rank < names.length; rank++) {
    const hash = form.hashes[rank]!;
    if (hash !== 0) buckets.add(hash, rank);
  }
  return {
    mayHave: buckets.has,
    ranks(key, hash = hashOf(key)) {
      const found: number[] = [];
      buckets.forEach(hash, (rank) => {
        if (form.key(names[rank]!) === key) found.push(rank);
      });
      return found.length < 2 ? found : found.sort((a, b) => a - b);
    },
  };
}

/** A multimap from 32-bit hashes to small numbers. */
export interface HashBuckets {
  add(hash: number, value: number): void;
  has(hash: number): boolean;
  forEach(hash: number, visit: (value: number) => void): void;
}

const SEEN_BITS = 19;
const SEEN_MASK = (1 << (SEEN_BITS - 5)) - 1;

/** Makes room for `capacity` entries; no more may be added. */
export function createHashBuckets(capacity: number): HashBuckets {
  let bits = 8;
  while (1 << bits < capacity * 3) bits++;
  const mask = (1 << bits) - 1;
  const hashes = new Int32Array(mask + 1);
  /** Value plus one; 0 marks a free slot. */
  const slots = new Int32Array(mask + 1);
  /** One bit for each of a part of the hash: small enough to stay near the processor, and most often a no. */
  const seen = new Int32Array(1 << (SEEN_BITS - 5));
  return {
    add(hash, value) {
      seen[(hash >>> 5) & SEEN_MASK]! |= 1 << (hash & 31);
      let slot = slotOf(hash, mask);
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = value + 1;
      hashes[slot] = hash;
    },
    has(hash) {
      if ((seen[(hash >>> 5) & SEEN_MASK]! & (1 << (hash & 31))) === 0) return false;
      for (let slot = slotOf(hash, mask); slots[slot] !== 0; slot = (slot + 1) & mask) {
        if (hashes[slot] === hash) return true;
      }
      return false;
    },
    forEach(hash, visit) {
      for (let slot = slotOf(hash, mask); slots[slot] !== 0; slot = (slot + 1) & mask) {
        if (hashes[slot] === hash) visit(slots[slot]! - 1);
      }
    },
  };
}

/** The low bits of a polynomial hash depend on few characters: mixing spreads them over the table. */
export function slotOf(hash: number, mask: number): number {
  return (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 11) & mask;
}
