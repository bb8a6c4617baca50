import type { Affected } from './advisory.ts';
import type { VersionInterval } from './reports/advisory-report.ts';
import { keyFrom } from './reports/release-key.ts';
import { isWithin, parseVersion } from './version-intervals.ts';

/** The versions that a report calls affected, in a form for frequent lookups. */
export interface AffectedVersions {
  /** For releases, alternately a key from which they are affected, and one from which they are not. */
  readonly keys: readonly number[];
  /** The key from which it is unknown, unless the others decide it. */
  readonly unknownFrom: number;
}

/** @param intervals sorted, those with a lost end last */
export function affectedKeys(intervals: readonly VersionInterval[]): AffectedVersions {
  const keys: number[] = [];
  let unknownFrom = Number.POSITIVE_INFINITY;
  for (const { start, end } of intervals) {
    const from = start === undefined ? 0 : keyOf(start.version, !start.inclusive);
    if (end === 'lost') unknownFrom = Math.min(unknownFrom, from);
    else addKeys(keys, from, end === 'open' ? Number.POSITIVE_INFINITY : keyOf(end.version, end.inclusive));
  }
  return { keys, unknownFrom };
}

/** Skips ranges without a release, and joins adjacent ones. */
export function addKeys(keys: number[], from: number, to: number): void {
  if (from >= to) return;
  if (keys.length > 0 && keys.at(-1)! >= from) keys[keys.length - 1] = Math.max(keys.at(-1)!, to);
  else keys.push(from, to);
}

function keyOf(version: string, isAbove: boolean): number {
  const { major, minor, patch, prerelease } = parseVersion(version)!;
  return keyFrom(major, minor, patch, prerelease.length > 0, isAbove);
}

/** Returns what the keys decide for a release. */
export function affectsRelease({ keys, unknownFrom }: AffectedVersions, key: number): Affected {
  for (let at = 0; at < keys.length; at += 2) {
    if (key < keys[at]!) break;
    if (key < keys[at + 1]!) return 'yes';
  }
  return key >= unknownFrom ? 'unknown' : 'no';
}

/**
 * Returns what the intervals decide for a version without a key: a prerelease, one with large numbers, or an invalid
 * version.
 */
export function affectsOther(
  intervals: readonly VersionInterval[],
  listed: readonly string[],
  version: string,
): Affected {
  const parsed = parseVersion(version);
  if (parsed === undefined) return listed.includes(version) ? 'yes' : 'unknown';
  let verdict: Affected = 'no';
  for (const interval of intervals) {
    if (!isWithin(interval, parsed)) continue;
    if (interval.end !== 'lost') return 'yes';
    verdict = 'unknown';
  }
  return verdict;
}
