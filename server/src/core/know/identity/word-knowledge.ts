import { slotOf } from './hash-buckets.ts';
import { hashOf } from './rolling-hash.ts';

/** Which words package names are made of, learned from the popular names. */
export interface WordKnowledge {
  /** In how many popular names (scopes included) the word occurs between delimiters, 255 at most. */
  uses(word: string): number;
}

export interface WordCounter extends WordKnowledge {
  /** Counts one more use of the word of this hash. */
  add(wordHash: number): void;
}

/** A name and its scope hold four words at most on average; the table stays less than half full. */
const SLOTS_PER_NAME = 4;

/** Counts words in a table of hashes, with room for those of so many names: no word is kept. */
export function createWordCounter(names: number): WordCounter {
  let bits = 10;
  while (1 << bits < names * SLOTS_PER_NAME) bits++;
  const mask = (1 << bits) - 1;
  const hashes = new Int32Array(mask + 1);
  const counts = new Uint8Array(mask + 1);
  let room = mask >> 1;

  return {
    add(hash) {
      let slot = slotOf(hash, mask);
      while (counts[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & mask;
      if (counts[slot] === 0 && room-- <= 0) return;
      hashes[slot] = hash;
      if (counts[slot]! < 255) counts[slot]!++;
    },
    uses(word) {
      const hash = hashOf(word);
      let slot = slotOf(hash, mask);
      while (counts[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & mask;
      return counts[slot]!;
    },
  };
}
