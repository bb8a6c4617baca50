import type { AdvisorySeverity } from '../advisory.ts';

/** Reads the severity in any case; CVSS's "medium" is npm's "moderate". */
export function readSeverity(value: unknown): AdvisorySeverity | undefined {
  if (typeof value !== 'string') return undefined;
  const word = value.toLowerCase();
  if (word === 'medium') return 'moderate';
  return SEVERITIES.find((severity) => severity === word);
}

/** Rates by the qualitative scale of CVSS 3 and 4; a score of 0 means "none". */
export function severityOfScore(score: number): AdvisorySeverity | undefined {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'moderate';
  return score > 0 ? 'low' : undefined;
}

const SEVERITIES: readonly AdvisorySeverity[] = ['critical', 'high', 'moderate', 'low', 'info'];
