import type { Random } from './random.ts';

/** About so many characters a window has. */
const WINDOW = 3000;

/** More than this a window never has, so that one package that needs very much is left out. */
const MOST = 12_000;

/**
 * Some of the packages, by their keys, with all that they need, until there are as many as a window has.
 * @param needs the keys of what a package needs
 * @param size about how long its text is
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
