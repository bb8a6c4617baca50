/** The day of an instant (milliseconds since 1970) as `YYYY-MM-DD`, in UTC, so that every machine agrees. */
export function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
