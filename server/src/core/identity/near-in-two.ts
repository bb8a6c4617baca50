import { border, letterBit, type NameHashes, SHORTEST_FOR_TWO_EDITS, thirdHash } from './hash-names.ts';
import { createHashBuckets } from './key-table.ts';
import { squash } from './name-shape.ts';
import { extend, LONGEST } from './rolling-hash.ts';

/** Finds the popular names that are exactly two edits away from a long name. */
export interface TwoEditIndex {
  /** Ranks of the unscoped names two edits from a name without delimiters, most downloaded first. */
  find(squashed: string): readonly number[];
}

/**
 * Two edits leave at least one third of a name as it was, at most two places from where it stood. Each name is
 * filed under its thirds; only names that share a third are compared letter by letter. (Two letters swapped
 * across the border of two thirds while the last third is edited too is missed.)
 */
export function indexForTwoEdits(names: readonly string[], { letters, thirds }: NameHashes): TwoEditIndex {
  const buckets = createHashBuckets(thirds.length);
  const prefixes = new Int32Array(LONGEST + 1);
  for (let at = 0; at < thirds.length; at++) {
    const rank = Math.floor(at / 3);
    if (letters[rank] !== 0) buckets.add(thirds[at]!, rank);
  }

  return {
    find(squashed) {
      if (squashed.length > LONGEST) return [];
      const found = new Set<number>();
      const own = readLetters(squashed, prefixes);
      const compare = (rank: number): void => {
        // Each edit changes at most two letters of the set.
        if (bitCount(own ^ letters[rank]!) > 4 || found.has(rank)) return;
        if (editDistance(squashed, squash(names[rank]!), 2) === 2) found.add(rank);
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

/** The first third stands at the start, the last one at the end; the middle one may have moved. */
function shifts(part: number, growth: number): readonly [least: number, most: number] {
  if (part === 0) return [0, 0];
  if (part === 2) return [growth, growth];
  return [-2, 2];
}

/** Fills in the hashes of all prefixes and returns one bit for each letter of the key, digits together. */
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

/** Optimal string alignment distance (swaps count one); anything over `most` is returned as `most + 1`. */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, before[j - 2]! + 1);
      }
      current.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    [before, previous] = [previous, current];
  }
  return Math.min(previous[b.length]!, most + 1);
}
