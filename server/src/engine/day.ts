export { dayOf } from '../core/read/policy-file/day.ts';

/** The instant with which its hour began, in UTC. */
export function hourOf(instant: number): number {
  return instant - (instant % 3_600_000);
}
