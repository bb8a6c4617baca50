import type { Policy } from './policy.ts';

/** Half a year: time for a release, and soon enough for another review. */
export const DEFAULT_MAX_DAYS = 180;

/** The rule whose option it is. */
export const IGNORE_RULE = 'audit-ignore-invalid';

/** Returns the longest time for which the project lets a finding be accepted. */
export function maxIgnoreDays({ rules }: Policy): number {
  const given = rules.get(IGNORE_RULE)?.options.maxDays;
  return typeof given === 'number' && given > 0 ? given : DEFAULT_MAX_DAYS;
}
