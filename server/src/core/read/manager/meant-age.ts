import { DAY, HOUR, MINUTE, SECOND } from './cooldown-settings.ts';
import type { AgeUnit } from './model/cooldown.ts';

const UNITS: Readonly<Record<AgeUnit, number>> = { day: DAY, minute: MINUTE, second: SECOND };
/** From coarse to fine, without hours, which no package manager counts in. */
const SMALLER: readonly number[] = [MINUTE, SECOND, 1];

/** Shorter cooldowns pass a release before anybody has looked at it. */
const SHORTEST = HOUR;
/** Longer ones keep security fixes out. */
const LONGEST = 365 * DAY;
/** The longest that a number in a wrong unit is taken for. */
const LIKELY = 90 * DAY;

/** Whether a plain number is too short or too long a cooldown to be meant in its unit; 0 turns the cooldown off. */
export function isUnlikelyAge(count: number, unit: AgeUnit): 'too-short' | 'too-long' | undefined {
  if (count <= 0) return undefined;
  const length = count * UNITS[unit];
  if (length > LONGEST) return 'too-long';
  if (length < SHORTEST && Number.isInteger(count)) return 'too-short';
  // 4320 and 10080 are 3 and 7 days in minutes, and no round time in seconds.
  const areMinutes = unit === 'second' && count % (DAY / MINUTE) === 0 && count % (HOUR / SECOND) !== 0;
  return areMinutes ? 'too-short' : undefined;
}

/**
 * Returns the length of time, in milliseconds, that a value probably means: one with a suffix such as `3d`, a number that
 * is likely in its unit, or else the one unit in which it is likely. Undefined if nothing or several things are meant.
 */
export function meantAge(text: string, unit: AgeUnit): number | undefined {
  const [, digits, suffix] = /^(\d{1,12}(?:\.\d{1,6})?)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  if (digits === undefined) return undefined;
  const count = Number(digits);
  if (suffix !== undefined && suffix !== '') return likely(count * (suffixLength(suffix) ?? Number.NaN));
  switch (isUnlikelyAge(count, unit)) {
    case undefined:
      return count * UNITS[unit];
    case 'too-long':
      return SMALLER.filter((size) => size < UNITS[unit])
        .map((size) => likely(count * size))
        .find((length) => length !== undefined);
    case 'too-short':
      // 24 and 48 may be hours as well as days.
      if (count % 12 === 0 && count < 60) return undefined;
      if (count < 60) return likely(count * DAY);
      return count % (DAY / MINUTE) === 0 ? likely(count * MINUTE) : undefined;
  }
}

function likely(length: number): number | undefined {
  return length >= SHORTEST && length <= LIKELY ? length : undefined;
}

/** Returns the length of a unit by its short or long name: `d`, `day`, `days`. */
function suffixLength(suffix: string): number | undefined {
  const name = suffix.toLowerCase();
  if (name === 'ms') return 1;
  const [, short] =
    /^(?:([smhdw])|(s)ec(?:ond)?s?|(m)in(?:ute)?s?|(h)ours?|(d)ays?|(w)eeks?)$/
      .exec(name)
      ?.filter((part) => part !== undefined) ?? [];
  return short === undefined ? undefined : SUFFIXES[short];
}

const SUFFIXES: Readonly<Record<string, number>> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };
