import type { Severity } from '../finding.ts';
import { SEVERITIES } from '../finding.ts';
import { countedOnce } from './counted-once.ts';
import type { Report } from './report.ts';

/** How many findings there are of each severity. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly information: number;
  readonly hints: number;
}

/** Counts the findings of a report: what is said of a version in a manifest and in its lockfile, once. */
export function summarize(report: Report): Summary {
  const counted = countedOnce(report.findings.map(({ finding }) => finding));
  const count = (severity: Severity) => counted.filter((finding) => finding.severity === severity).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    information: count('information'),
    hints: count('hint'),
  };
}

/** Whether a severity counts as a failure where failures begin at `threshold`. */
export function reaches(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}
