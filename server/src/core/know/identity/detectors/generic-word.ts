import { isDelimiter } from '../name-shape.ts';
import type { Detector, Suspicion } from '../verdict.ts';

/**
 * Words without a meaning of their own: together with the name of a well-known package they suggest a part of that
 * package, or a better copy of it.
 */
const GENERIC: ReadonlySet<string> = new Set(
  [
    // a part of it
    'api app cli client common config core helper helpers http https kit lib library libs module package pkg plugin sdk',
    'tool tools util utils web',
    // the intended one, or a better one
    'backup copy dev fix fixed latest my new next npm official original patch plus pro real secure security stable the',
    'update updater',
  ].flatMap((line) => line.split(' ')),
);

const SHORTEST = 4;

/** Detects a well-known name with a word that anybody would expect beside it: 'axios-http', 'chai-utils'. */
export const genericWord: Detector = ({ shape: { base, scope, words }, index: { popular }, standing }) => {
  if (scope !== '' || words.length < 2) return [];
  const found: Suspicion[] = [];
  const add = (target: string, word: string): void => {
    const rank = target.length < SHORTEST || !GENERIC.has(word) ? undefined : popular.rank(target);
    if (rank === undefined || rank >= standing.top) return;
    const evidence = `is '${target}' with the word '${word}'`;
    found.push({ rank, mechanism: 'generic-word', confidence: 'low', evidence });
  };
  const [first, last] = [words[0]!, words.at(-1)!];
  if (isDelimiter(base.charCodeAt(first.length))) add(base.slice(first.length + 1), first);
  if (isDelimiter(base.charCodeAt(base.length - last.length - 1))) add(base.slice(0, -last.length - 1), last);
  return found;
};
