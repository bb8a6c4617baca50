import { editDistance } from '../../read/text/words/edit-distance.ts';
import { createHashBuckets } from './hash-buckets.ts';
import { squash } from './name-shape.ts';
import type { PopularNames } from './popular-names.ts';
import { concat, extend, LONGEST } from './rolling-hash.ts';
import { STANDING } from './standing.ts';

/** Finds the popular names that are exactly two edits away from a long name. */
export interface TwoEditIndex {
  /** Returns the ranks of the unscoped names two edits from a name without delimiters, most downloaded first. */
  find(squashed: string): readonly number[];
}

/** Shorter names are two edits apart by chance; so are those of similar length unless the target is at the top. */
export const SHORTEST_FOR_TWO_EDITS = 8;
const SHORTEST_BELOW_THE_TOP = 10;

/**
 * Builds the index. Two edits leave at least one third of a name unchanged, shifted by at most two places. Each name is
 * stored under its thirds; only names that share a third are compared letter by letter. (This misses two letters
 * swapped across the border of two thirds while the last third is edited too.)
 */
export function indexForTwoEdits({ names }: PopularNames): TwoEditIndex {
  const keys: string[] = [];
  const ranks: number[] = [];
  for (let rank = 0; rank < names.length && rank < STANDING.wellKnown; rank++) {
    const shortest = rank < STANDING.top ? SHORTEST_FOR_TWO_EDITS : SHORTEST_BELOW_THE_TOP;
    const name = names[rank]!;
    if (name.length < shortest || name.length > LONGEST || name.startsWith('@')) continue;
    const key = squash(name);
    if (key.length < shortest) continue;
    keys.push(key);
    ranks.push(rank);
  }
  const buckets = createHashBuckets(keys.length * 3);
  const letters = new Int32Array(keys.length);
  const prefixes = new Int32Array(LONGEST + 1);
  for (const [number, key] of keys.entries()) {
    letters[number] = readLetters(key, prefixes);
    for (let part = 0; part < 3; part++) buckets.add(thirdHash(prefixes, 0, part, key.length), number);
  }

  return {
    find(squashed) {
      if (squashed.length > LONGEST) return [];
      const found = new Set<number>();
      const own = readLetters(squashed, prefixes);
      const compare = (number: number): void => {
        // Each edit changes at most two letters of the set.
        if (bitCount(own ^ letters[number]!) > 4 || found.has(ranks[number]!)) return;
        if (editDistance(squashed, keys[number]!, 2) === 2) found.add(ranks[number]!);
      };
      for (let length = squashed.length - 2; length <= squashed.length + 2; length++) {
        if (length < SHORTEST_FOR_TWO_EDITS) continue;
        for (let part = 0; part < 3; part++) {
          const [start, end] = [border(length, part), border(length, part + 1)];
          const [least, most] = shifts(part, squashed.length - length);
          for (let shift = least; shift <= most; shift++) {
            if (end + shift > squashed.length || start + shift < 0) continue;
            buckets.forEach(thirdHash(prefixes, shift, part, length), compare);
          }
        }
      }
      return [...found].sort((a, b) => a - b);
    },
  };
}

/** Returns where a third begins. */
function border(length: number, part: number): number {
  return Math.floor((length * part) / 3);
}

/**
 * Returns the hash of a third of a name of that length, derived from the prefix hashes of a name in which it may be
 * shifted by `shift` characters.
 */
function thirdHash(prefixes: Int32Array, shift: number, part: number, length: number): number {
  const start = border(length, part) + shift;
  const end = border(length, part + 1) + shift;
  const text = (prefixes[end]! - concat(prefixes[start]!, 0, end - start)) | 0;
  return extend(extend(text, part), length);
}

/** One bit for each letter, and one for everything else. */
function letterBit(code: number): number {
  return 1 << (code >= 0x61 && code <= 0x7a ? code - 0x61 : 26);
}

/** The first third is at the start, the last one at the end; the middle one may have moved. */
function shifts(part: number, growth: number): readonly [least: number, most: number] {
  if (part === 0) return [0, 0];
  if (part === 2) return [growth, growth];
  return [-2, 2];
}

/** Fills in the hashes of all prefixes and returns one bit for each letter of the key, with one bit for all digits. */
function readLetters(key: string, prefixes: Int32Array): number {
  let set = 0;
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i);
    prefixes[i + 1] = extend(prefixes[i]!, code);
    set |= letterBit(code);
  }
  return set;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
