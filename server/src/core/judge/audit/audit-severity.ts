import type { Advisory, AdvisorySeverity } from '../../know/advisory/advisory.ts';

/** The severities of npm's reports, the worst first. */
export const AUDIT_SEVERITIES: readonly AdvisorySeverity[] = ['critical', 'high', 'moderate', 'low', 'info'];

/** npm's word for what an advisory that does not say it counts as. */
export function auditSeverity({ severity }: Pick<Advisory, 'severity'>): AdvisorySeverity {
  return severity ?? 'high';
}
