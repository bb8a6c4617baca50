import { type Finding, SEVERITIES, type Severity } from '../../../read/text/finding.ts';
import { group, plural } from '../../../read/text/words/words.ts';

/** The number of findings of each severity. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly information: number;
  readonly hints: number;
}

/**
 * Counts findings individually, so that the status bar, the text and the JSON match the number of findings listed in
 * the Problems panel and the report.
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

/** Returns labels such as `3 errors` for each severity with findings, highest first. */
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
    // "information" has no plural.
    return [[severity, severity === 'information' ? `${group(count)} information` : plural(count, severity)]];
  });
}

/** Checks whether a severity counts as a failure for the given `threshold`. */
export function reaches(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}
