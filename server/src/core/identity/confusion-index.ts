import { hashNames } from './hash-names.ts';
import { createKeyTable, type KeyForm, type KeyTable } from './key-table.ts';
import { skeletonHash, squashedHash } from './name-hashes.ts';
import { shapeOf, squash, wordsOf } from './name-shape.ts';
import { indexForTwoEdits, type TwoEditIndex } from './near-in-two.ts';
import type { PopularNames } from './popular-names.ts';
import { visualSkeleton } from './visual-skeleton.ts';
import { createWordCounter, type WordKnowledge } from './word-knowledge.ts';

/** The popular names under the keys that the detectors look up. Each index is built on its first use. */
export interface ConfusionIndex {
  readonly popular: PopularNames;
  /** Unscoped names without their delimiters. */
  readonly squashed: () => KeyTable;
  /** Unscoped names without delimiters, look-alike characters made equal. */
  readonly skeletons: () => KeyTable;
  /** Unscoped names of several words, the words in alphabetical order. */
  readonly sortedWords: () => KeyTable;
  /** Scoped names by the part after the scope. */
  readonly scopedBases: () => KeyTable;
  /** Scoped names by scope and base written together without delimiters. */
  readonly scopedSquashed: () => KeyTable;
  /** Scopes that own at least three popular names, most popular names first, without delimiters as key. */
  readonly scopes: () => ScopeIndex;
  readonly words: () => WordKnowledge;
  readonly twoEdits: () => TwoEditIndex;
}

export interface ScopeIndex {
  /** Scope names without '@', in the order of their table ranks. */
  readonly names: readonly string[];
  readonly squashed: KeyTable;
  readonly skeletons: KeyTable;
  /** How many popular names a scope owns. */
  readonly owns: (scope: string) => number;
}

/** Names of more words are not compared in another order. */
const MOST_WORDS = 8;
const LEAST_OWNED = 3;

const built = new WeakMap<PopularNames, ConfusionIndex>();

/** The index over a list of popular names; the same list always gives the same index. */
export function confusionIndex(popular: PopularNames): ConfusionIndex {
  const known = built.get(popular);
  if (known !== undefined) return known;
  const names = popular.names;
  const read = once(() => {
    const words = createWordCounter(names.length);
    return { words, hashes: hashNames(names, words.add) };
  });
  const table = (
    form: 'squashed' | 'skeletons' | 'wordSets' | 'scopedBases' | 'scopedSquashed',
    key: KeyForm['key'],
  ) => once(() => createKeyTable(names, { hashes: read().hashes[form], key }));
  const index: ConfusionIndex = {
    popular,
    squashed: table('squashed', squash),
    skeletons: table('skeletons', skeletonKey),
    sortedWords: table('wordSets', sortedWordsKey),
    scopedBases: table('scopedBases', baseOf),
    scopedSquashed: table('scopedSquashed', scopedSquash),
    scopes: once(() => indexScopes(names)),
    words: () => read().words,
    twoEdits: once(() => indexForTwoEdits(names, read().hashes)),
  };
  built.set(popular, index);
  return index;
}

/** The words of an unscoped name in alphabetical order, joined; undefined for one word or too many. */
export function sortedWordsKey(base: string): string | undefined {
  const words = wordsOf(base.toLowerCase());
  if (words.length < 2 || words.length > MOST_WORDS) return undefined;
  return words.toSorted().join(' ');
}

function skeletonKey(name: string): string {
  return visualSkeleton(squash(name));
}

function baseOf(name: string): string {
  return shapeOf(name).base;
}

function scopedSquash(name: string): string {
  const shape = shapeOf(name);
  return squash(shape.scope) + squash(shape.base);
}

function indexScopes(names: readonly string[]): ScopeIndex {
  const counts = new Map<string, number>();
  for (const name of names) {
    if (!name.startsWith('@')) continue;
    const scope = name.slice(1, name.indexOf('/'));
    counts.set(scope, (counts.get(scope) ?? 0) + 1);
  }
  const scopes = [...counts].filter(([, count]) => count >= LEAST_OWNED).sort(([, a], [, b]) => b - a);
  const scopeNames = scopes.map(([scope]) => scope);
  return {
    names: scopeNames,
    squashed: createKeyTable(scopeNames, {
      hashes: Int32Array.from(scopeNames, (name) => squashedHash(name)),
      key: squash,
    }),
    skeletons: createKeyTable(scopeNames, {
      hashes: Int32Array.from(scopeNames, (name) => skeletonHash(name)),
      key: skeletonKey,
    }),
    owns: (scope) => counts.get(scope) ?? 0,
  };
}

function once<T>(make: () => T): () => T {
  let value: { readonly made: T } | undefined;
  return () => {
    value ??= { made: make() };
    return value.made;
  };
}
