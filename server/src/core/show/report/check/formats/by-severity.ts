import { SEVERITIES, type Severity } from '../../../../read/text/finding.ts';

/** Sorts worst first; those of one severity keep their order. */
export function bySeverity<T extends { readonly severity: Severity }>(findings: readonly T[]): readonly T[] {
  return SEVERITIES.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}
