import { dayOf, isDay } from '../day.ts';

/**
 * The last day on which something counts that has an end in one of the many ways that people write: a day, a time, a date
 * in words, or milliseconds since 1970. Undefined where it is no time. A day without a place is that day everywhere.
 */
export function expiryDay(value: string | number): string | undefined {
  if (typeof value === 'number') return dayOfInstant(value);
  const text = value.trim();
  if (/^\d{11,14}$/.test(text)) return dayOfInstant(Number(text));
  const written = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/.exec(text);
  if (written !== null) return dayFrom(written[1]!, written[2]!, written[3]!);
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?!\d)/.exec(text);
  if (american !== null) return dayFrom(american[3]!, american[1]!, american[2]!);
  // JavaScript reads nearly any words as a date: only those count that name a year.
  if (text.length > 80 || !/\b\d{4}\b/.test(text)) return undefined;
  const inUtc = Date.parse(`${text} UTC`);
  return dayOfInstant(Number.isNaN(inUtc) ? Date.parse(text) : inUtc);
}

function dayFrom(year: string, month: string, day: string): string | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(text) ? text : undefined;
}

/** From 1971 to 9999: nobody means another, and a count of seconds is no count of milliseconds. */
function dayOfInstant(instant: number): string | undefined {
  if (!(instant >= 31_536_000_000 && instant < 253_402_300_800_000)) return undefined;
  return dayOf(instant);
}
