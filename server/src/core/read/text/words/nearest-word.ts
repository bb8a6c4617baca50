import { editDistance } from './edit-distance.ts';

const LONGEST = 64;

/** Returns the nearest candidate, otherwise the only one that begins with the word. */
export function meantWord(word: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates];
  const starting = word.length < 3 ? [] : all.filter((each) => each.startsWith(word) && each !== word);
  return nearestWord(word, all) ?? (starting.length === 1 ? starting[0] : undefined);
}

/**
 * Returns the candidate that a misspelled word probably means: one or two edits away (a swap of neighbors counts as
 * one), at most a third of the word. Undefined if none is near, or two are equally near.
 */
export function nearestWord(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length === 0 || word.length > LONGEST) return undefined;
  const limit = Math.min(2, Math.max(1, Math.floor(word.length / 3)));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    if (candidate === word || Math.abs(candidate.length - word.length) > limit) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), limit);
    if (distance > bestDistance || distance > limit) continue;
    best = distance < bestDistance ? candidate : undefined;
    bestDistance = distance;
  }
  return best;
}
