import { corpusFolders, corpusSources } from './corpus-sources.ts';
import { madeUpLockfiles } from './made-up-lockfiles.ts';
import type { Source } from './source.ts';

/** The number of windows that are cut from each real file. */
const WINDOWS = 2;

/**
 * Returns all sources of a seed, or every `of`-th group of them from `part` on. Real ones are included if the
 * corpus exists.
 */
export function sourcesOf(seed: number, part = 0, of = 1): readonly Source[] {
  const groups: readonly (() => readonly Source[])[] = [
    ...madeUpLockfiles().map((source) => () => [source]),
    ...corpusFolders().map((folder) => () => corpusSources(folder, seed, WINDOWS)),
  ];
  return groups.filter((_, number) => number % of === part).flatMap((group) => group());
}
