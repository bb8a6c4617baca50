import { plural } from './counted.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day for people: `2026-11-24` as `24 Nov 2026`. */
export function longDate(date: string): string {
  const [year, month, day] = date.split('-');
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** A month for people, of milliseconds since 1970: `Nov 2024`. */
export function monthAndYear(time: number): string {
  const [year, month] = new Date(time).toISOString().split('-');
  return `${MONTHS[Number(month) - 1]} ${year}`;
}

/** How old what was made on a day is. */
export function ageOf(date: string, now: number): string {
  const days = Math.floor((now - Date.parse(`${date}T00:00:00Z`)) / 86_400_000);
  return days <= 0 ? 'of today' : `${plural(days, 'day')} old`;
}
