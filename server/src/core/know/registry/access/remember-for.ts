import type { Packument } from '../documents/packument.ts';

/** Nobody asks more of one package at a time. */
const MOST = 64;

const known = new WeakMap<Packument, Map<string, unknown>>();

/**
 * What follows from a packument and the key, computed once: rules ask the same of it at every keystroke, and a packument
 * may have thousands of versions.
 */
export function rememberFor<T>(packument: Packument, key: string, compute: () => T): T {
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
