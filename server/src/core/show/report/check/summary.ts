import { type Finding, SEVERITIES, type Severity } from '../../../read/text/finding.ts';
import { group, plural } from '../../../read/text/words/words.ts';

/** How many findings there are of each severity. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly information: number;
  readonly hints: number;
}

/**
 * Counts findings one by one: the status bar, the text and the JSON say as many as are listed in the Problems panel and in
 * the report.
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

/** Returns `3 errors` and the like for each severity that there is any of, the worst first. */
export function severityLabels(
  findings: readonly Pick<Finding, 'severity'>[],
): readonly (readonly [severity: Severity, label: string])[] {
  const { errors, warnings, information, hints } = summarize(findings);
  const counts: Readonly<Record<Severity, number>> = {
    ...{ error: errors, warning: warnings, information, hint: hints },
  };
  return SEVERITIES.flatMap((severity) => {
    const count = counts[severity];
    if (count === 0) return [];
    // "9 informations" is no English.
    return [[severity, severity === 'information' ? `${group(count)} information` : plural(count, severity)]];
  });
}

/** Whether a severity counts as a failure where failures begin at `threshold`. */
export function reaches(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}
