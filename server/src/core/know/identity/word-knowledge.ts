import { slotOf } from './hash-buckets.ts';
import { hashOf } from './rolling-hash.ts';

/** The words that package names consist of, derived from the popular names. */
export interface WordKnowledge {
  /** Returns in how many popular names (including scopes) the word occurs between delimiters, 255 at most. */
  uses(word: string): number;
}

export interface WordCounter extends WordKnowledge {
  /** Counts one more use of the word with this hash. */
  add(wordHash: number): void;
}

/** A name and its scope have four words at most on average; the table stays less than half full. */
const SLOTS_PER_NAME = 4;

/** Creates a counter of words in a table of hashes, sized for this many names: the words themselves are not stored. */
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
