import { bucketsOf, type KeyTable, keyTable } from './key-table.ts';
import { squash } from './name-shape.ts';
import { indexForTwoEdits, type TwoEditIndex } from './near-in-two.ts';
import type { PopularNames } from './popular-names.ts';
import { indexFamilies, type ScopeFamilies } from './scope-families.ts';
import { indexScopes, type ScopeIndex } from './scope-index.ts';
import type { WordKnowledge } from './word-knowledge.ts';

/** The popular names under the keys that the detectors look up. Rarely needed parts are built on first use. */
export interface ConfusionIndex {
  readonly popular: PopularNames;
  /** All names without their separators: '@babel/core' as 'babelcore'. */
  readonly squashed: KeyTable;
  readonly words: WordKnowledge;
  /** Scoped names by the part after the scope, without its delimiters. */
  readonly scopedBases: () => KeyTable;
  readonly scopes: () => ScopeIndex;
  readonly families: () => ScopeFamilies;
  readonly twoEdits: () => TwoEditIndex;
}

const built = new WeakMap<PopularNames, ConfusionIndex>();

/** Returns the index of a list of popular names; the same list always gives the same index. */
export function confusionIndex(popular: PopularNames): ConfusionIndex {
  const known = built.get(popular);
  if (known !== undefined) return known;
  const { hashed, names } = popular;
  const index: ConfusionIndex = {
    popular,
    squashed: keyTable(hashed.bySquashed, (rank) => squash(names[rank]!)),
    words: hashed.words,
    scopedBases: once(() => keyTable(bucketsOf(hashed.bases), (rank) => squash(baseOf(names[rank]!)))),
    scopes: once(() => indexScopes(popular)),
    families: once(() => indexFamilies(popular)),
    twoEdits: once(() => indexForTwoEdits(popular)),
  };
  built.set(popular, index);
  return index;
}

function baseOf(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

function once<T>(make: () => T): () => T {
  let value: { readonly made: T } | undefined;
  return () => {
    value ??= { made: make() };
    return value.made;
  };
}
