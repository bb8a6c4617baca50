import type { Advisory, AdvisorySeverity } from '../../know/advisory/advisory.ts';

/** The severities of npm's reports, highest first. */
export const AUDIT_SEVERITIES: readonly AdvisorySeverity[] = ['critical', 'high', 'moderate', 'low', 'info'];

/** Returns the severity of an advisory, or npm's default if it states none. */
export function auditSeverity({ severity }: Pick<Advisory, 'severity'>): AdvisorySeverity {
  return severity ?? 'high';
}
