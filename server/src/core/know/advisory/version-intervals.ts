import semver from 'semver';
import type { Bound, VersionInterval } from './reports/advisory-report.ts';

/** Parses a version as npm does when comparing with advisories; undefined for an invalid one. */
export function parseVersion(text: string): semver.SemVer | undefined {
  return semver.parse(text, { loose: true }) ?? undefined;
}

/** Returns the interval of a single version. */
export function onlyVersion(version: string): VersionInterval {
  const bound = { version, inclusive: true };
  return { start: bound, end: bound };
}

export function isOneVersion({ start, end }: VersionInterval): boolean {
  return (
    start?.inclusive === true && typeof end === 'object' && end.inclusive && end.version === start.version
  );
}

/** Checks whether the version is in the interval; one with a lost end includes it as well. */
export function isWithin({ start, end }: VersionInterval, version: semver.SemVer): boolean {
  if (start !== undefined) {
    const first = parseVersion(start.version);
    const order = first === undefined ? -1 : version.compare(first);
    if (order < 0 || (order === 0 && !start.inclusive)) return false;
  }
  if (typeof end === 'string') return true;
  const last = parseVersion(end.version);
  const order = last === undefined ? 1 : version.compare(last);
  return order < 0 || (order === 0 && end.inclusive);
}

/** Returns the same versions in sorted, disjoint intervals; those with an unknown end are dropped. */
export function unionOf(intervals: readonly VersionInterval[]): readonly VersionInterval[] {
  const sorted = intervals
    .filter(({ end }) => end !== 'lost')
    .sort((a, b) => compareStarts(a.start, b.start) || compareEnds(a.end, b.end));
  const union: VersionInterval[] = [];
  for (const interval of sorted) {
    const last = union.at(-1);
    if (last === undefined || !meets(last.end, interval.start)) union.push(interval);
    else if (compareEnds(last.end, interval.end) < 0)
      union[union.length - 1] = { ...last, end: interval.end };
  }
  return union;
}

/** Returns the end of the one that ends last; `open` if that has none. */
export function lastEnd(intervals: readonly VersionInterval[]): Bound | 'open' | undefined {
  let last: VersionInterval['end'] | undefined;
  for (const { end } of intervals) {
    if (end !== 'lost' && (last === undefined || compareEnds(last, end) < 0)) last = end;
  }
  return last as Bound | 'open' | undefined;
}

function compareStarts(a: Bound | undefined, b: Bound | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return semver.compare(a.version, b.version, LOOSE) || Number(b.inclusive) - Number(a.inclusive);
}

function compareEnds(a: VersionInterval['end'], b: VersionInterval['end']): number {
  if (typeof a === 'string' || typeof b === 'string')
    return Number(typeof a === 'string') - Number(typeof b === 'string');
  return semver.compare(a.version, b.version, LOOSE) || Number(a.inclusive) - Number(b.inclusive);
}

/** Checks whether no version can be between the end of one interval and the start of one that starts no earlier. */
function meets(end: VersionInterval['end'], start: Bound | undefined): boolean {
  if (start === undefined || typeof end === 'string') return true;
  const order = semver.compare(start.version, end.version, LOOSE);
  return order < 0 || (order === 0 && (start.inclusive || end.inclusive));
}

const LOOSE = { loose: true };
