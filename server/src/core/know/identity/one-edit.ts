import type { KeyTable } from './key-table.ts';
import { concat, extend, LONGEST, POWERS } from './rolling-hash.ts';

/**
 * How a name differs from a popular one, described from the name: it omits, adds, swaps or replaces a character, or has
 * three neighboring ones in another order.
 */
export interface Edit {
  readonly kind: 'omission' | 'addition' | 'swap' | 'replacement' | 'shuffle';
  /** Offset of the edit in the popular key. */
  readonly at: number;
  /** The characters of the popular key that are omitted, replaced or reordered; empty for an addition. */
  readonly from: string;
  /** The characters of the name in their place; empty for an omission. */
  readonly to: string;
}

/** Shorter names have the same letters by chance. */
const SHORTEST_FOR_SHUFFLE = 5;

/** Letters and digits, as first and last character code of each range. */
const RANGES = [
  [0x30, 0x39],
  [0x61, 0x7a],
] as const;

type Found = (popularKey: string, edit: Edit) => void;

/** Calls `found` once for each key of the table that is one edit away from `key`. */
export function forEachOneEdit(key: string, table: KeyTable, found: Found): void {
  if (key.length < 2 || key.length > LONGEST) return;
  const hashed = hashParts(key);
  for (let i = 0; i < key.length; i++) {
    tryWithout(i, hashed, table, found);
    trySwap(i, hashed, table, found);
    if (key.length >= SHORTEST_FOR_SHUFFLE) tryShuffles(i, hashed, table, found);
  }
  for (let i = 0; i <= key.length; i++) {
    tryLetters(i, 0, hashed, table, found);
    if (i < key.length) tryLetters(i, 1, hashed, table, found);
  }
}

interface HashedParts {
  readonly key: string;
  /** The hash of the characters before an offset. */
  readonly before: Int32Array;
  /** The hash of the characters from an offset on. */
  readonly from: Int32Array;
}

function hashParts(key: string): HashedParts {
  const before = new Int32Array(key.length + 1);
  const from = new Int32Array(key.length + 1);
  for (let i = 0; i < key.length; i++) before[i + 1] = extend(before[i]!, key.charCodeAt(i));
  for (let i = key.length - 1; i >= 0; i--)
    from[i] = concat(key.charCodeAt(i), from[i + 1]!, key.length - i - 1);
  return { key, before, from };
}

function tryWithout(i: number, { key, before, from }: HashedParts, table: KeyTable, found: Found): void {
  // In a run of equal characters each deletion gives the same key: only the last one is tried.
  if (key[i] === key[i + 1] || !table.mayHave(concat(before[i]!, from[i + 1]!, key.length - i - 1))) return;
  found(key.slice(0, i) + key.slice(i + 1), { kind: 'addition', at: i, from: '', to: key[i]! });
}

function trySwap(i: number, { key, before, from }: HashedParts, table: KeyTable, found: Found): void {
  if (i + 2 > key.length) return;
  const [code, next] = [key.charCodeAt(i), key.charCodeAt(i + 1)];
  const swapped = extend(extend(before[i]!, next), code);
  if (code === next || !table.mayHave(concat(swapped, from[i + 2]!, key.length - i - 2))) return;
  const pair = key[i + 1]! + key[i]!;
  found(key.slice(0, i) + pair + key.slice(i + 2), {
    kind: 'swap',
    at: i,
    from: pair,
    to: key.slice(i, i + 2),
  });
}

/** Tries three neighboring characters in one of the orders that take more than one swap: 'rceat', 'uglyfi-js'. */
function tryShuffles(i: number, { key, before, from }: HashedParts, table: KeyTable, found: Found): void {
  if (i + 3 > key.length) return;
  const a = key.charCodeAt(i);
  const b = key.charCodeAt(i + 1);
  const c = key.charCodeAt(i + 2);
  // With two equal ones among them, one swap does the same.
  if (a === b || b === c || a === c) return;
  const tryOrder = (x: number, y: number, z: number): void => {
    const start = extend(extend(extend(before[i]!, x), y), z);
    if (!table.mayHave(concat(start, from[i + 3]!, key.length - i - 3))) return;
    const put = String.fromCharCode(x, y, z);
    const to = key.slice(i, i + 3);
    found(key.slice(0, i) + put + key.slice(i + 3), { kind: 'shuffle', at: i, from: put, to });
  };
  tryOrder(b, c, a);
  tryOrder(c, a, b);
  tryOrder(c, b, a);
}

/** Tries each letter before the character at `i`, or in its place. */
function tryLetters(
  i: number,
  taken: 0 | 1,
  { key, before, from }: HashedParts,
  table: KeyTable,
  found: Found,
): void {
  const rest = key.length - i - taken;
  const around = concat(extend(before[i]!, 0), from[i + taken]!, rest);
  const step = POWERS[rest]!;
  // A letter before or in place of an equal one gives a key that was already tried, or the key itself.
  const except = key.charCodeAt(taken === 0 ? i - 1 : i);
  for (const [first, last] of RANGES) {
    let hash = (around + Math.imul(first, step)) | 0;
    for (let letter = first as number; letter <= last; letter++, hash = (hash + step) | 0) {
      if (!table.mayHave(hash) || letter === except) continue;
      const put = String.fromCharCode(letter);
      const edit: Edit = {
        kind: taken === 0 ? 'omission' : 'replacement',
        at: i,
        from: put,
        to: taken === 0 ? '' : key[i]!,
      };
      found(key.slice(0, i) + put + key.slice(i + taken), edit);
    }
  }
}
