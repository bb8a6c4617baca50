import type { Packument } from '../documents/packument.ts';

/** More than any caller needs for one package at a time. */
const MOST = 64;

const known = new WeakMap<Packument, Map<string, unknown>>();

/**
 * Memoizes a value by packument and key: rules need the same values at every keystroke, and a packument may have
 * thousands of versions.
 */
export function memoizeFor<T>(packument: Packument, key: string, compute: () => T): T {
  let answers = known.get(packument);
  if (answers === undefined) {
    answers = new Map();
    known.set(packument, answers);
  }
  if (!answers.has(key)) {
    if (answers.size >= MOST) answers.clear();
    answers.set(key, compute());
  }
  return answers.get(key) as T;
}
