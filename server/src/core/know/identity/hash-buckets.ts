/**
 * A multimap from 32-bit hashes to small numbers: open addressing over typed arrays, without an object for each entry.
 */
export interface HashBuckets {
  add(hash: number, value: number): void;
  has(hash: number): boolean;
  forEach(hash: number, visit: (value: number) => void): void;
}

const SEEN_BITS = 19;
const SEEN_MASK = (1 << (SEEN_BITS - 5)) - 1;

/** Creates space for `capacity` entries; no more may be added. */
export function createHashBuckets(capacity: number): HashBuckets {
  let bits = 8;
  while (1 << bits < capacity * 2) bits++;
  const mask = (1 << bits) - 1;
  const hashes = new Int32Array(mask + 1);
  /** Value plus one; 0 marks a free slot. */
  const slots = new Int32Array(mask + 1);
  /** One bit for each value of a part of the hash: small enough for the processor's cache, and mostly negative. */
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

/**
 * Returns the first slot for a hash. The low bits of a polynomial hash depend on few characters: mixing spreads them
 * over the table.
 */
export function slotOf(hash: number, mask: number): number {
  return (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 11) & mask;
}
