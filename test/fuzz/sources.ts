import { corpusFolders, corpusSources } from './corpus-sources.ts';
import { madeUpLockfiles } from './made-up-lockfiles.ts';
import type { Source } from './source.ts';

/** Windows that are cut from each real file. */
const WINDOWS = 2;

/** All sources of a seed, or every `of`-th group of them from `part` on. Real ones are there where the corpus is. */
export function sourcesOf(seed: number, part = 0, of = 1): readonly Source[] {
  const groups: readonly (() => readonly Source[])[] = [
    ...madeUpLockfiles().map((source) => () => [source]),
    ...corpusFolders().map((folder) => () => corpusSources(folder, seed, WINDOWS)),
  ];
  return groups.filter((_, number) => number % of === part).flatMap((group) => group());
}
