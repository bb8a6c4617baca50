import semver from 'semver';
import { memoizeFor } from '../access/remember-for.ts';
import type { Packument } from './packument.ts';

const DAY = 86_400_000;
/** A mirror that copied this many versions within the first day is more common than an author who published them. */
const COPIED_AT_ONCE = 3;
/** Of pairs of neighbors: in random order half of them are out of order. */
const MOST_IN_DISORDER = 0.2;

/**
 * Returns when versions were published, if the registry's times are plausible. Mirrors may record when they fetched a
 * version instead: then all are within a day, or a higher patch is older than a lower one, and none is trusted.
 */
export function publishTimes(packument: Packument): ReadonlyMap<string, number> {
  return memoizeFor(packument, 'publish times', () => (isBelievable(packument) ? packument.times : NONE));
}

const NONE: ReadonlyMap<string, number> = new Map();

function isBelievable({ times }: Packument): boolean {
  const all = [...times.values()];
  if (all.length >= COPIED_AT_ONCE && Math.max(...all) - Math.min(...all) < DAY) return false;
  const [pairs, disorder] = neighboursIn(times);
  return disorder === 0 || disorder / pairs < MOST_IN_DISORDER;
}

/**
 * Counts the patches of one minor version that are adjacent by number, and those of them that were published earlier.
 */
function neighboursIn(times: ReadonlyMap<string, number>): readonly [number, number] {
  const lines = new Map<string, { readonly patch: number; readonly time: number }[]>();
  for (const [version, time] of times) {
    const number = semver.parse(version);
    if (number === null || number.prerelease.length > 0) continue;
    const key = `${number.major}.${number.minor}`;
    const line = lines.get(key) ?? [];
    line.push({ patch: number.patch, time });
    lines.set(key, line);
  }
  let [pairs, disorder] = [0, 0];
  for (const line of lines.values()) {
    line.sort((a, b) => a.patch - b.patch);
    for (let at = 1; at < line.length; at++) {
      pairs++;
      if (line[at]!.time < line[at - 1]!.time) disorder++;
    }
  }
  return [pairs, disorder];
}
