export { dayOf } from '../core/read/policy-file/day.ts';

/** Returns the start of the instant's hour in UTC. */
export function hourOf(instant: number): number {
  return instant - (instant % 3_600_000);
}
