/** The day of an instant (milliseconds since 1970) as `YYYY-MM-DD`, in UTC, so that every machine agrees. */
export function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** The instant with which its hour began, in UTC. */
export function hourOf(instant: number): number {
  return instant - (instant % 3_600_000);
}
