import { plural } from './words.ts';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30.44 * DAY;
const YEAR = 365.25 * DAY;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Formats a day in UTC: "12 Sep 2026". */
export function formatDay(time: number): string {
  const date = new Date(time);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** Formats a minute in UTC: "12 Sep 2026 14:05 UTC". */
export function formatMinute(time: number): string {
  return `${formatDay(time)} ${new Date(time).toISOString().slice(11, 16)} UTC`;
}

/** Formats how long ago a time was, in the unit that people would use: "3 h ago", "2 months ago". */
export function formatAge(time: number, now: number): string {
  const age = now - time;
  if (age < MINUTE) return 'just now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  if (age < 2 * DAY) return `${Math.floor(age / HOUR)} h ago`;
  if (age < 2 * MONTH) return `${Math.floor(age / DAY)} days ago`;
  if (age < 2 * YEAR) return `${Math.floor(age / MONTH)} months ago`;
  return `${Math.floor(age / YEAR)} years ago`;
}

/** Formats a day: `2026-11-24` as `24 Nov 2026`. */
export function longDate(date: string): string {
  const [year, month, day] = date.split('-');
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** Formats a month, given in milliseconds since 1970: `Nov 2024`. */
export function monthAndYear(time: number): string {
  const [year, month] = new Date(time).toISOString().split('-');
  return `${MONTHS[Number(month) - 1]} ${year}`;
}

/** Formats the age of something made on a day. */
export function ageOf(date: string, now: number): string {
  const days = Math.floor((now - Date.parse(`${date}T00:00:00Z`)) / 86_400_000);
  return days <= 0 ? 'of today' : `${plural(days, 'day')} old`;
}
