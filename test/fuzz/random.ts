/** Pseudorandom values that are the same for the same seed. */
export interface Random {
  /** Returns an integer from 0 up to, not including, `end`; 0 if `end` is 0. */
  below(end: number): number;
  chance(probability: number): boolean;
  /** Returns one of the items, of which there is at least one. */
  pick<T>(items: readonly T[]): T;
}

/** Creates a generator for each seed; seeds that differ in one bit give unrelated sequences (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => (end < 1 ? 0 : Math.floor(next() * end));
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)]!,
  };
}

/** Returns the seed of one thing among many, by its name. */
export function seedOf(seed: number, name: string): number {
  let hash = seed ^ 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash;
}
