import { isWithin, lastEnd, onlyVersion, parseVersion, unionOf } from '../version-intervals.ts';
import { byKind, compareIds } from './advisory-ids.ts';
import type { AdvisoryReport, VersionInterval } from './advisory-report.ts';

/**
 * Merges what several records report on the same thing in one package. Its intervals are sorted and disjoint, and
 * include the listed versions; those with a lost end come last.
 *
 * @param reports one or more
 */
export function mergeReports(reports: readonly AdvisoryReport[]): AdvisoryReport {
  const group = reports.length === 1 ? reports : newestOfEach(reports).sort(byAuthority);
  const first = <K extends keyof AdvisoryReport>(member: K) =>
    group.find((report) => report[member] !== undefined)?.[member];
  const own = reports.map(({ ids: [id] }) => id).sort(compareIds);
  // Among ids of one kind, that of a record precedes those only mentioned.
  const ids = [...new Set([...own, ...reports.flatMap((report) => report.ids).sort(compareIds)])].sort(
    byKind,
  );
  const isMalware = group.some((report) => report.isMalware);
  const dates = (member: 'published' | 'modified') => group.flatMap((report) => report[member] ?? []).sort();
  return {
    ids: ids as [string, ...string[]],
    package: reports[0]!.package,
    severity: isMalware ? 'critical' : (first('severity') as AdvisoryReport['severity']),
    score: first('score') as number | undefined,
    cwes: group.find(({ cwes }) => cwes.length > 0)?.cwes ?? [],
    isMalware,
    isReviewed: group.some(({ isReviewed }) => isReviewed),
    isLow: group.every(({ isLow }) => isLow),
    quality: group[0]!.quality,
    title: first('title') as string | undefined,
    published: dates('published').at(0),
    modified: dates('modified').at(-1),
    intervals: isMalware ? malwareVersions(group) : affectedVersions(group),
    versions: [...new Set(group.flatMap(({ versions }) => versions.filter((each) => !parseVersion(each))))],
  };
}

/** If one record was read twice, the older state is ignored. */
function newestOfEach(reports: readonly AdvisoryReport[]): AdvisoryReport[] {
  const isOlder = (report: AdvisoryReport, other: AdvisoryReport) =>
    report.ids[0] === other.ids[0] && (report.modified ?? '9') < (other.modified ?? '');
  return reports.filter((report) => !reports.some((other) => isOlder(report, other)));
}

/** Best first: reviewed and complete, then others, then less careful lists; newest first among equals. */
function byAuthority(a: AdvisoryReport, b: AdvisoryReport): number {
  const [ofA, ofB] = [a.modified ?? '', b.modified ?? ''];
  return rankOf(a) - rankOf(b) || (ofA < ofB ? 1 : ofA > ofB ? -1 : 0) || compareIds(a.ids[0], b.ids[0]);
}

function rankOf({ isReviewed, isLow, quality, intervals }: AdvisoryReport): number {
  if (isLow) return 3;
  if (quality === 'partial') return 2;
  return isReviewed && intervals.every(({ end }) => end !== 'lost') ? 0 : 1;
}

/** Returns all versions that a report is certain of, unordered. */
function toldBy({ intervals, versions }: AdvisoryReport): readonly VersionInterval[] {
  return [...intervals.filter(({ end }) => end !== 'lost'), ...listedBy(versions)];
}

function listedBy(versions: readonly string[]): readonly VersionInterval[] {
  return versions.flatMap((each) => {
    const version = parseVersion(each)?.version;
    return version === undefined ? [] : onlyVersion(version);
  });
}

/** Ranges reviewed by GitHub take precedence. */
function reviewedFirst<T extends { readonly isReviewed: boolean }>(reports: readonly T[]): readonly T[] {
  const reviewed = reports.filter(({ isReviewed }) => isReviewed);
  return reviewed.length > 0 ? reviewed : reports;
}

function affectedVersions(group: readonly AdvisoryReport[]): readonly VersionInterval[] {
  const telling = group.filter((report) => toldBy(report).length > 0);
  const known = reviewedFirst(telling).flatMap(toldBy);
  const lost: VersionInterval[] = [];
  for (const report of group) {
    const others = telling.filter((other) => other !== report);
    for (const interval of report.intervals.filter(({ end }) => end === 'lost')) {
      const part = confirmed(interval, others);
      known.push(...part.known);
      lost.push(...part.lost);
    }
  }
  return [...unionOf(known), ...lost];
}

/**
 * An interval with a lost end ends where another report of the same thing does. If that only lists versions, the last
 * of these is affected, and later ones are unknown.
 */
function confirmed(
  interval: VersionInterval,
  others: readonly AdvisoryReport[],
): { readonly known: readonly VersionInterval[]; readonly lost: readonly VersionInterval[] } {
  const { start } = interval;
  const ends = others.flatMap(({ intervals }) => intervals.filter(({ end }) => end !== 'lost'));
  const end = lastEnd(ends);
  if (end !== undefined && isAfter(start, end)) return { known: [{ start, end }], lost: [] };
  const listed = lastEnd(others.flatMap(({ versions }) => listedBy(versions)));
  if (listed === undefined || listed === 'open' || !isAfter(start, listed))
    return { known: [], lost: [interval] };
  const rest = { start: { version: listed.version, inclusive: false }, end: 'lost' } as const;
  return { known: [{ start, end: listed }], lost: [rest] };
}

function isAfter(start: VersionInterval['start'], end: VersionInterval['end']): boolean {
  if (typeof end === 'string') return true;
  const version = parseVersion(end.version);
  return version !== undefined && isWithin({ start, end: 'open' }, version);
}

/**
 * Reports of malware often claim every version of a name that was hijacked for a day, so that only listed versions and
 * bounded ranges count if there are any.
 */
function malwareVersions(group: readonly AdvisoryReport[]): readonly VersionInterval[] {
  const withEnd = ({ intervals }: AdvisoryReport) => intervals.filter(({ end }) => typeof end === 'object');
  const ending = reviewedFirst(group.filter((report) => withEnd(report).length > 0)).flatMap(withEnd);
  const exact = [...ending, ...group.flatMap(({ versions }) => listedBy(versions))];
  if (exact.length > 0) return unionOf(exact);
  const open = unionOf(group.flatMap(({ intervals }) => intervals));
  return open.length > 0 ? open : group.flatMap(({ intervals }) => intervals);
}
