import type { Severity } from '../finding.ts';
import { SEVERITIES } from '../finding.ts';
import { group, plural } from './counted.ts';
import type { Report } from './report.ts';

/** How many findings there are of each severity. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly information: number;
  readonly hints: number;
}

/** Counts the findings of a report. */
export function summarize(report: Report): Summary {
  const count = (severity: Severity) =>
    report.findings.filter(({ finding }) => finding.severity === severity).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    information: count('information'),
    hints: count('hint'),
  };
}

/** Returns `3 errors` and the like for each severity that there is any of, the worst first. */
export function severityLabels(
  severities: readonly Severity[],
): readonly (readonly [severity: Severity, label: string])[] {
  return SEVERITIES.flatMap((severity) => {
    const count = severities.filter((one) => one === severity).length;
    if (count === 0) return [];
    // "9 informations" is no English.
    return [[severity, severity === 'information' ? `${group(count)} information` : plural(count, severity)]];
  });
}

/** Whether a severity counts as a failure where failures begin at `threshold`. */
export function reaches(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}
