import type { Random } from './random.ts';

/** The approximate number of characters in a window. */
const WINDOW = 3000;

/** The maximum, so that a package with very many dependencies is skipped. */
const MOST = 12_000;

/**
 * Returns some of the packages, by key, with all of their dependencies, until the size of a window is reached.
 * @param needs returns the keys of a package's dependencies
 * @param size returns the approximate length of its text
 */
export function closureOf(
  keys: readonly string[],
  needs: (key: string) => readonly string[],
  size: (key: string) => number,
  random: Random,
): ReadonlySet<string> {
  const kept = new Set<string>();
  let total = 0;
  for (let attempt = 0; attempt < 400 && total < WINDOW; attempt++) {
    const found = new Set<string>();
    const waiting = [random.pick(keys)];
    let more = 0;
    for (let key = waiting.pop(); key !== undefined && total + more < MOST; key = waiting.pop()) {
      if (kept.has(key) || found.has(key)) continue;
      found.add(key);
      more += size(key);
      waiting.push(...needs(key));
    }
    if (total + more >= MOST) continue;
    for (const key of found) kept.add(key);
    total += more;
  }
  return kept;
}

export function sizeOf(value: unknown): number {
  return JSON.stringify(value).length;
}
