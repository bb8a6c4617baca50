import type { Manifest, ManifestDependency } from './manifest.ts';
import { isSameWording } from './read-dependency.ts';

/** How far the dependencies of two states of a manifest are alike, wherever in the text they stand. */
export interface SharedEnds {
  /** How many at the start. */
  readonly start: number;
  /** How many at the end, of those that are left. */
  readonly end: number;
}

type Dependencies = readonly ManifestDependency[];

/**
 * What an edit left alone: of one within a dependency, all others. Each stands in the same section as before, the first or
 * a later one of its name: of those that stand twice the last one counts.
 */
export function sharedEnds(before: Manifest, after: Manifest): SharedEnds {
  const count = before.sections.length;
  if (count !== after.sections.length) return { start: 0, end: 0 };
  const dependenciesAt = (at: number): readonly [Dependencies, Dependencies] => [
    before.sections[at]!.dependencies,
    after.sections[at]!.dependencies,
  ];
  let start = 0;
  let first = 0;
  let inFirst = 0;
  for (; first < count; first++) {
    const [old, now] = dependenciesAt(first);
    inFirst = sameAtStart(old, now);
    start += inFirst;
    if (inFirst < Math.max(old.length, now.length)) break;
  }
  let end = 0;
  for (let last = count - 1; last >= first; last--) {
    const [old, now] = dependenciesAt(last);
    const taken = last === first ? inFirst : 0;
    const same = sameAtEnd(old, now, Math.min(old.length, now.length) - taken);
    end += same;
    if (same < Math.max(old.length, now.length)) break;
  }
  return { start, end };
}

function sameAtStart(old: Dependencies, now: Dependencies): number {
  const shorter = Math.min(old.length, now.length);
  let same = 0;
  while (same < shorter && isSameWording(old[same]!, now[same]!)) same++;
  return same;
}

function sameAtEnd(old: Dependencies, now: Dependencies, most: number): number {
  let same = 0;
  while (same < most && isSameWording(old[old.length - 1 - same]!, now[now.length - 1 - same]!)) same++;
  return same;
}
