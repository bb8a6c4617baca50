import type { Affected } from './advisory.ts';
import type { VersionInterval } from './reports/advisory-report.ts';
import { keyFrom } from './reports/release-key.ts';
import { isWithin, parseVersion } from './version-intervals.ts';

/** Which versions a report calls affected, to be asked often. */
export interface AffectedVersions {
  /** Of releases, a key from which on they are affected, and one from which on they are not, in turn. */
  readonly keys: readonly number[];
  /** The key from which on nobody knows, unless the others say it. */
  readonly unknownFrom: number;
}

/** @param intervals sorted, those whose end is lost last */
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

/** Leaves out what holds no release, and joins what meets. */
export function addKeys(keys: number[], from: number, to: number): void {
  if (from >= to) return;
  if (keys.length > 0 && keys.at(-1)! >= from) keys[keys.length - 1] = Math.max(keys.at(-1)!, to);
  else keys.push(from, to);
}

function keyOf(version: string, isAbove: boolean): number {
  const { major, minor, patch, prerelease } = parseVersion(version)!;
  return keyFrom(major, minor, patch, prerelease.length > 0, isAbove);
}

/** What the keys say of a release. */
export function affectsRelease({ keys, unknownFrom }: AffectedVersions, key: number): Affected {
  for (let at = 0; at < keys.length; at += 2) {
    if (key < keys[at]!) break;
    if (key < keys[at + 1]!) return 'yes';
  }
  return key >= unknownFrom ? 'unknown' : 'no';
}

/** What the intervals say of a version that has no key: a prerelease, one with large numbers, or no version at all. */
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
