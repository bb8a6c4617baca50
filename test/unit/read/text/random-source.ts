/** Pseudorandom values that are the same in every run (mulberry32). */
export interface RandomSource {
  /** Returns a number from 0 up to, not including, `below`. */
  below(below: number): number;
  pick<T>(items: readonly T[]): T;
  /** Returns a text of up to `longest` of the pieces. */
  text(pieces: readonly string[], longest: number): string;
}

export function randomSource(seed: number): RandomSource {
  let state = seed;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit);
  };
  const pick = <T>(items: readonly T[]) => items[below(items.length)]!;
  return {
    below,
    pick,
    text: (pieces, longest) => Array.from({ length: below(longest + 1) }, () => pick(pieces)).join(''),
  };
}
