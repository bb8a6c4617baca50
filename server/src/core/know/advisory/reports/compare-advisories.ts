import type { Advisory, AdvisorySeverity } from '../advisory.ts';

const WORST_FIRST: readonly (AdvisorySeverity | undefined)[] = [
  'critical',
  'high',
  'moderate',
  undefined,
  'low',
  'info',
];

/** Compares worst first, then by id: malware before everything else, and unrated ones in the middle. */
export function compareAdvisories(a: Advisory, b: Advisory): number {
  return (
    Number(b.isMalware) - Number(a.isMalware) ||
    WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity) ||
    (b.score ?? 0) - (a.score ?? 0) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}
