import { dayOf, isDay } from '../day.ts';

/**
 * Returns the last effective day of an expiry written in one of many ways: a day, a time, a date in words, or
 * milliseconds since 1970. Undefined if it is not a time. A day without a time zone is that day everywhere.
 */
export function expiryDay(value: string | number): string | undefined {
  if (typeof value === 'number') return dayOfInstant(value);
  const text = value.trim();
  if (/^\d{11,14}$/.test(text)) return dayOfInstant(Number(text));
  const written = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/.exec(text);
  if (written !== null) return dayFrom(written[1]!, written[2]!, written[3]!);
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?!\d)/.exec(text);
  if (american !== null) return dayFrom(american[3]!, american[1]!, american[2]!);
  // JavaScript parses nearly any words as a date: only those with a year count.
  if (text.length > 80 || !/\b\d{4}\b/.test(text)) return undefined;
  const inUtc = Date.parse(`${text} UTC`);
  return dayOfInstant(Number.isNaN(inUtc) ? Date.parse(text) : inUtc);
}

function dayFrom(year: string, month: string, day: string): string | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(text) ? text : undefined;
}

/** From 1971 to 9999: no other date is intended, and this excludes counts of seconds. */
function dayOfInstant(instant: number): string | undefined {
  if (!(instant >= 31_536_000_000 && instant < 253_402_300_800_000)) return undefined;
  return dayOf(instant);
}
