import { slotOf } from './key-table.ts';
import { extend, hashOf } from './rolling-hash.ts';

/** Which words package names are made of, learned from the popular names. */
export interface WordKnowledge {
  /** In how many popular names (scopes included) the word occurs between delimiters, 255 at most. */
  uses(word: string): number;
}

/** A name and its scope hold four words at most on average; the table stays less than half full. */
const SLOTS_PER_NAME = 4;

/** Counts the words of all names in a table of hashes: no word is kept. */
export function learnWords(names: readonly string[]): WordKnowledge {
  let bits = 10;
  while (1 << bits < names.length * SLOTS_PER_NAME) bits++;
  const mask = (1 << bits) - 1;
  const hashes = new Int32Array(mask + 1);
  const counts = new Uint8Array(mask + 1);
  let room = mask >> 1;

  for (const name of names) {
    let hash = 0;
    for (let i = 0; i <= name.length; i++) {
      const code = i < name.length ? name.charCodeAt(i) : END;
      if (isWordCharacter(code)) {
        hash = extend(hash, code | LOWER_CASE);
        continue;
      }
      if (hash === 0) continue;
      let slot = slotOf(hash, mask);
      while (counts[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & mask;
      if (counts[slot] === 0 && room-- <= 0) break;
      hashes[slot] = hash;
      if (counts[slot]! < 255) counts[slot]!++;
      hash = 0;
    }
  }

  return {
    uses(word) {
      const hash = hashOf(word);
      let slot = slotOf(hash, mask);
      while (counts[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & mask;
      return counts[slot]!;
    },
  };
}

const END = 0;
const LOWER_CASE = 0x20;

/** Letters and digits: everything in a name but '-', '.', '_', '@' and '/'. */
function isWordCharacter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a);
}
