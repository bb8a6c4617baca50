import semver from 'semver';
import { rememberFor } from '../access/remember-for.ts';
import type { Packument } from './packument.ts';

const DAY = 86_400_000;
/** Whoever publishes so many versions within the first day is rarer than a mirror that copied them. */
const COPIED_AT_ONCE = 3;
/** Of the pairs of neighbours: in order by chance are half of them. */
const MOST_IN_DISORDER = 0.2;

/**
 * When versions were published, where the registry's times can be that. Mirrors may note when they fetched a version
 * instead: then all lie within a day, or a higher patch is older than a lower one, and none is believed.
 */
export function publishTimes(packument: Packument): ReadonlyMap<string, number> {
  return rememberFor(packument, 'publish times', () => (isBelievable(packument) ? packument.times : NONE));
}

const NONE: ReadonlyMap<string, number> = new Map();

function isBelievable({ times }: Packument): boolean {
  const all = [...times.values()];
  if (all.length >= COPIED_AT_ONCE && Math.max(...all) - Math.min(...all) < DAY) return false;
  const [pairs, disorder] = neighboursIn(times);
  return disorder === 0 || disorder / pairs < MOST_IN_DISORDER;
}

/** How many patches of one minor version follow each other by number, and how many of these were published earlier. */
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
