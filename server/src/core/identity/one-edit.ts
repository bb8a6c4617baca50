import type { KeyTable } from './key-table.ts';
import { concat, extend, LONGEST } from './rolling-hash.ts';

/** How a name differs from a popular one, said of the name: it leaves out, adds, swaps or replaces. */
export interface Edit {
  readonly kind: 'omission' | 'addition' | 'swap' | 'replacement';
  /** Offset of the edit in the popular key. */
  readonly at: number;
  /** The character of the popular key that is left out or replaced; empty for an addition. */
  readonly from: string;
  /** The character that the name has added or put there; empty for an omission. */
  readonly to: string;
}

const ALPHABET = Array.from('abcdefghijklmnopqrstuvwxyz0123456789', (character) => character.charCodeAt(0));

/** Calls `found` for each key of the table that is one edit away from `key`, once for each such key. */
export function forEachOneEdit(
  key: string,
  table: KeyTable,
  found: (popularKey: string, edit: Edit) => void,
): void {
  const length = key.length;
  if (length < 2 || length > LONGEST) return;
  const codes = new Int32Array(length);
  /** prefix[i] is the hash of the first i characters, suffix[i] that of the characters from i on. */
  const prefix = new Int32Array(length + 1);
  const suffix = new Int32Array(length + 1);
  for (let i = 0; i < length; i++) {
    codes[i] = key.charCodeAt(i);
    prefix[i + 1] = extend(prefix[i]!, codes[i]!);
  }
  for (let i = length - 1; i >= 0; i--) suffix[i] = concat(codes[i]!, suffix[i + 1]!, length - i - 1);

  for (let i = 0; i < length; i++) {
    const code = codes[i]!;
    const next = i + 1 < length ? codes[i + 1]! : -1;
    // In a run of equal characters each deletion gives the same key: only the last one is tried.
    if (code !== next && table.mayHave(concat(prefix[i]!, suffix[i + 1]!, length - i - 1))) {
      found(key.slice(0, i) + key.slice(i + 1), { kind: 'addition', at: i, from: '', to: key[i]! });
    }
    if (next >= 0 && code !== next) {
      const swapped = extend(extend(prefix[i]!, next), code);
      if (table.mayHave(concat(swapped, suffix[i + 2]!, length - i - 2))) {
        const pair = key[i + 1]! + key[i]!;
        found(key.slice(0, i) + pair + key.slice(i + 2), {
          kind: 'swap',
          at: i,
          from: pair,
          to: key[i]! + key[i + 1]!,
        });
      }
    }
  }
  for (let i = 0; i <= length; i++) {
    const code = i < length ? codes[i]! : -1;
    const before = i > 0 ? codes[i - 1]! : -1;
    for (const letter of ALPHABET) {
      const start = extend(prefix[i]!, letter);
      if (letter !== before && table.mayHave(concat(start, suffix[i]!, length - i))) {
        const inserted = String.fromCharCode(letter);
        found(key.slice(0, i) + inserted + key.slice(i), { kind: 'omission', at: i, from: inserted, to: '' });
      }
      if (code >= 0 && letter !== code && table.mayHave(concat(start, suffix[i + 1]!, length - i - 1))) {
        const put = String.fromCharCode(letter);
        found(key.slice(0, i) + put + key.slice(i + 1), {
          kind: 'replacement',
          at: i,
          from: put,
          to: key[i]!,
        });
      }
    }
  }
}
