import { wordsOf } from './name-shape.ts';
import type { PopularNames } from './popular-names.ts';
import { hashOf } from './rolling-hash.ts';

/** The first words that names share: '@azure/arm-resources', '@azure/arm-storage'. */
export interface ScopeFamilies {
  /**
   * Returns the family of the names whose first word this is, followed by a dash; undefined if there is none, or if its
   * most downloaded name has no scope.
   */
  of(firstWord: string): ScopeFamily | undefined;
  /** Returns how many names of a scope, and how many unscoped names, begin with the word and a dash. */
  countsOf(firstWord: string, scope: string): { readonly inScope: number; readonly unscoped: number };
}

export interface ScopeFamily {
  /** Rank of the most downloaded member with a scope. */
  readonly rank: number;
  /** The number of names of that scope that begin so. */
  readonly count: number;
  /** The number of names that begin so, in any scope or none. */
  readonly all: number;
  /** Returns the number of unscoped names with the word anywhere. */
  readonly elsewhere: () => number;
}

/** The packages of this scope are named after others, which have none. */
const NAMED_AFTER_OTHERS = hashOf('types');

/** Builds the index. Names without a download number do not count: their use is unknown. */
export function indexFamilies(popular: PopularNames): ScopeFamilies {
  const { firstWords, scopes } = popular.hashed;
  const { counted } = popular;
  const first = new Map<number, number>();
  const counts = new Map<number, number>();
  const alls = new Map<number, number>();
  for (let rank = 0; rank < counted; rank++) {
    const word = firstWords[rank]!;
    const scope = scopes[rank]!;
    if (word === 0 || scope === NAMED_AFTER_OTHERS) continue;
    alls.set(word, (alls.get(word) ?? 0) + 1);
    if (scope === 0) continue;
    const known = first.get(word);
    if (known === undefined) first.set(word, rank);
    if (known === undefined || scopes[known] === scope) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return {
    of(firstWord) {
      const word = hashOf(firstWord);
      const rank = first.get(word);
      if (rank === undefined) return undefined;
      const elsewhere = () => usesWithoutScope(firstWord, popular);
      return { rank, count: counts.get(word)!, all: alls.get(word)!, elsewhere };
    },
    countsOf(firstWord, scope) {
      const [word, wanted] = [hashOf(firstWord), hashOf(scope)];
      let [inScope, unscoped] = [0, 0];
      for (let rank = 0; rank < counted; rank++) {
        if (firstWords[rank] !== word) continue;
        if (scopes[rank] === wanted) inScope++;
        else if (scopes[rank] === 0) unscoped++;
      }
      return { inScope, unscoped };
    },
  };
}

const known = new WeakMap<PopularNames, Map<string, number>>();

/** Called repeatedly for few words: names that seem to be of one family come in groups. */
function usesWithoutScope(word: string, popular: PopularNames): number {
  let uses = known.get(popular);
  if (uses === undefined) {
    uses = new Map();
    known.set(popular, uses);
  }
  let count = uses.get(word);
  if (count === undefined) {
    count = 0;
    for (let rank = 0; rank < popular.counted; rank++) {
      const name = popular.names[rank]!;
      if (name.includes(word) && !name.startsWith('@') && wordsOf(name).includes(word)) count++;
    }
    uses.set(word, count);
  }
  return count;
}
