const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30.44 * DAY;
const YEAR = 365.25 * DAY;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day in UTC, for people: "12 Sep 2026". */
export function formatDay(time: number): string {
  const date = new Date(time);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** How long ago a time was, in the unit that people would use: "3 h ago", "2 months ago". */
export function formatAge(time: number, now: number): string {
  const age = now - time;
  if (age < MINUTE) return 'just now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  if (age < 2 * DAY) return `${Math.floor(age / HOUR)} h ago`;
  if (age < 2 * MONTH) return `${Math.floor(age / DAY)} days ago`;
  if (age < 2 * YEAR) return `${Math.floor(age / MONTH)} months ago`;
  return `${Math.floor(age / YEAR)} years ago`;
}
