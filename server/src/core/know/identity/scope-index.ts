import { createHashBuckets } from './hash-buckets.ts';
import { type KeyTable, keyTable } from './key-table.ts';
import { squash } from './name-shape.ts';
import type { PopularNames } from './popular-names.ts';
import { hashOf } from './rolling-hash.ts';

/** The scopes of popular names. */
export interface ScopeIndex {
  /** Returns the scope with a number, without its '@'. */
  name(number: number): string;
  /** Scopes that own at least three popular names, without delimiters. */
  readonly squashed: KeyTable;
  /** Checks whether some popular name has this scope. */
  has(scope: string): boolean;
  /** Checks whether it owns too many popular names to be one person's copy of a package. */
  ownsSeveral(scope: string): boolean;
}

const LEAST_OWNED = 3;

/** Numbers the scopes by the rank of their first name. */
export function indexScopes({ hashed, size, names }: PopularNames): ScopeIndex {
  const { scopes } = hashed;
  const scopeAt = (rank: number): string => {
    const whole = names[rank]!;
    return whole.slice(1, whole.indexOf('/'));
  };
  const counts = new Map<number, number>();
  for (let rank = 0; rank < size; rank++) {
    const scope = scopes[rank]!;
    if (scope !== 0) counts.set(scope, (counts.get(scope) ?? 0) + 1);
  }
  const all = createHashBuckets(counts.size);
  const owners = createHashBuckets(counts.size);
  for (let rank = 0; rank < size; rank++) {
    const scope = scopes[rank]!;
    const count = scope === 0 ? 0 : counts.get(scope)!;
    if (count === 0) continue;
    all.add(scope, rank);
    if (count >= LEAST_OWNED) owners.add(scope, rank);
    counts.set(scope, 0);
  }
  const everyScope = keyTable(all, scopeAt);
  return {
    name: scopeAt,
    squashed: keyTable(owners, (rank) => squash(scopeAt(rank))),
    ownsSeveral: (scope) => keyTable(owners, scopeAt).find(scope, hashOf(squash(scope))).length > 0,
    has: (scope) => everyScope.find(scope, hashOf(squash(scope))).length > 0,
  };
}
