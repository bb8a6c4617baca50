import type { Manifest, ManifestDependency } from './manifest.ts';
import { isSameWording } from './read-dependency.ts';

/** How far the dependencies of two states of a manifest are alike, wherever in the text they stand. */
export interface SharedEnds {
  /** How many at the start. */
  readonly start: number;
  /** How many at the end, of those that are left. */
  readonly end: number;
}

/** What an edit left alone: of one within a dependency, all others. */
export function sharedEnds(before: Manifest, after: Manifest): SharedEnds {
  return endsOf(before.dependencies, after.dependencies);
}

function endsOf(before: readonly ManifestDependency[], after: readonly ManifestDependency[]): SharedEnds {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSameWording(before[start]!, after[start]!)) start++;
  const left = shorter - start;
  let end = 0;
  while (end < left && isSameWording(before[before.length - 1 - end]!, after[after.length - 1 - end]!)) {
    end++;
  }
  return { start, end };
}
