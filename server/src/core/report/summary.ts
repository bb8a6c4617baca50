import { type Finding, SEVERITIES, type Severity } from '../finding.ts';

/** How many findings there are of each severity. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly information: number;
  readonly hints: number;
}

/**
 * Counts findings one by one: the status bar, the text and the JSON say as many as are listed in the Problems panel and in
 * the report, also where one vulnerability is shown both in a manifest and in its lockfile.
 */
export function summarize(findings: readonly Pick<Finding, 'severity'>[]): Summary {
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { severity } of findings) counts[severity]++;
  return {
    errors: counts.error,
    warnings: counts.warning,
    information: counts.information,
    hints: counts.hint,
  };
}

/** Whether a severity counts as a failure where failures begin at `threshold`. */
export function reaches(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}
