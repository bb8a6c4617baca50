import { createHashBuckets } from './key-table.ts';
import { squash } from './name-shape.ts';
import { concat, extend, LONGEST } from './rolling-hash.ts';

/** Finds the popular names that are exactly two edits away from a long name. */
export interface TwoEditIndex {
  /** Ranks of the unscoped names two edits from a name without delimiters, most downloaded first. */
  find(squashed: string): readonly number[];
}

/** Shorter names lie two edits apart by chance. */
export const SHORTEST_FOR_TWO_EDITS = 10;

/**
 * Two edits leave at least one third of a name as it was, at most two places from where it stood. Each name is
 * filed under its thirds; only names that share a third are compared letter by letter. (Two letters swapped
 * across the border of two thirds while the last third is edited too is missed.)
 */
export function indexForTwoEdits(names: readonly string[]): TwoEditIndex {
  const letters = new Int32Array(names.length);
  const buckets = createHashBuckets(names.length * 3);
  const prefixes = new Int32Array(LONGEST + 1);
  for (let rank = 0; rank < names.length; rank++) {
    const name = names[rank]!;
    if (name.length < SHORTEST_FOR_TWO_EDITS || name.startsWith('@')) continue;
    const key = squash(name);
    if (key.length < SHORTEST_FOR_TWO_EDITS || key.length > LONGEST) continue;
    letters[rank] = readLetters(key, prefixes);
    for (let part = 0; part < 3; part++) {
      const start = border(key.length, part);
      buckets.add(partHash(prefixes, start, border(key.length, part + 1), part, key.length), rank);
    }
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
            buckets.forEach(partHash(prefixes, start + shift, end + shift, part, length), compare);
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

/** Where a third begins. */
function border(length: number, part: number): number {
  return Math.floor((length * part) / 3);
}

function partHash(prefixes: Int32Array, start: number, end: number, part: number, length: number): number {
  const text = (prefixes[end]! - concat(prefixes[start]!, 0, end - start)) | 0;
  return extend(extend(text, part), length);
}

/** Fills in the hashes of all prefixes and returns one bit for each letter of the key, digits together. */
function readLetters(key: string, prefixes: Int32Array): number {
  let set = 0;
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i);
    prefixes[i + 1] = extend(prefixes[i]!, code);
    set |= 1 << (code >= 0x61 && code <= 0x7a ? code - 0x61 : 26);
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
