import type { VersionInterval } from './reports/advisory-report.ts';
import { isOneVersion } from './version-intervals.ts';

/** Formats the intervals as one npm range, for people: `<0.2.4 || >=1.0.0 <1.2.3`. Lost ends are left open. */
export function rangeText(intervals: readonly VersionInterval[]): string {
  return intervals.map(intervalText).join(' || ');
}

function intervalText({ start, end }: VersionInterval): string {
  if (isOneVersion({ start, end })) return start!.version;
  const from = start === undefined ? '' : `${start.inclusive ? '>=' : '>'}${start.version}`;
  const to = typeof end === 'string' ? '' : `${end.inclusive ? '<=' : '<'}${end.version}`;
  return `${from} ${to}`.trim() || '*';
}
