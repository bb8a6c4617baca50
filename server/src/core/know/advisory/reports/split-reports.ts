import { compareText } from '../../../read/text/compare-text.ts';
import type { AdvisoryReport, VersionInterval } from './advisory-report.ts';

/**
 * Splits reports that share ids, directly or transitively, into those of one vulnerability each. An alias alone does
 * not make two records one: those of GitHub and CVE are only if their ranges agree, or if they name no other record.
 * Malware stays together, because its reports name the same attack, and so do less careful lists on a vulnerability.
 */
export function splitReports(reports: readonly AdvisoryReport[]): readonly (readonly AdvisoryReport[])[] {
  if (reports.length === 1 || reports.some(({ isMalware }) => isMalware)) return [reports];
  const sorted = reports.toSorted((a, b) => compareText(a.ids[0], b.ids[0]));
  const groups: AdvisoryReport[][] = [];
  for (const report of sorted.filter(isRecord)) {
    const same = groups.find((group) => group.some((other) => isSame(report, other)));
    if (same === undefined) groups.push([report]);
    else same.push(report);
  }
  for (const report of sorted.filter((each) => !isRecord(each))) {
    const linked = groups.filter((group) => group.some((other) => sharesId(report, other)));
    // A record on another package may be the link.
    const near = linked.length > 0 || groups.length > 1 ? linked : groups;
    const same = near.find((group) => group.some((other) => agree(report, other))) ?? near[0];
    if (same === undefined) groups.push([report]);
    else same.push(report);
  }
  return groups;
}

function isRecord({ ids: [id] }: AdvisoryReport): boolean {
  return /^(?:GHSA|CVE)-/.test(id);
}

function isSame(a: AdvisoryReport, b: AdvisoryReport): boolean {
  if (a.ids[0] === b.ids[0]) return true;
  return sharesId(a, b) && (agree(a, b) || namesNoOther([...a.ids, ...b.ids]));
}

function sharesId(a: AdvisoryReport, b: AdvisoryReport): boolean {
  return a.ids.some((id) => b.ids.includes(id));
}

/** Checks whether ids belong to at most one record of each database. */
export function namesNoOther(ids: readonly string[]): boolean {
  const all = [...new Set(ids)];
  return ['GHSA-', 'CVE-'].every((prefix) => all.filter((id) => id.startsWith(prefix)).length < 2);
}

/** Checks whether two reports name the same versions; one with a lost end contradicts nothing. */
function agree(a: AdvisoryReport, b: AdvisoryReport): boolean {
  if ([a, b].some(({ intervals }) => intervals.length === 0 || intervals.some(({ end }) => end === 'lost')))
    return true;
  return textOf(a.intervals) === textOf(b.intervals);
}

function textOf(intervals: readonly VersionInterval[]): string {
  return intervals
    .map((each) => JSON.stringify(each))
    .sort()
    .join();
}
