export type AgeUnit = 'days' | 'minutes' | 'seconds';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS: Readonly<Record<AgeUnit, number>> = { days: DAY, minutes: MINUTE, seconds: SECOND };
/** The suffixes that Yarn understands. */
const SUFFIXES: Readonly<Record<string, number>> = {
  ms: 1,
  s: SECOND,
  m: MINUTE,
  h: HOUR,
  d: DAY,
  w: 7 * DAY,
};
/** Beyond it nobody means what is written. */
const LONGEST = 100 * 365 * DAY;

/**
 * A length of time as a package manager's setting has it, in milliseconds: a plain number is one of `unit`, and `3d` or
 * `12h` says its own. Undefined for anything else.
 */
export function releaseAge(text: string | undefined, unit: AgeUnit): number | undefined {
  const parts = /^\s*(\d{1,15}(?:\.\d{1,15})?)\s*(ms|[smhdw])?\s*$/.exec(text ?? '');
  if (parts === null) return undefined;
  const length = Number(parts[1]) * (parts[2] === undefined ? UNITS[unit] : SUFFIXES[parts[2]]!);
  return length <= LONGEST ? length : undefined;
}

/** A length in the largest unit in which it is a whole number: `[3, 'day']`. */
export function unitOf(length: number): readonly [number, 'day' | 'hour' | 'minute' | 'second'] {
  const units = [
    [DAY, 'day'],
    [HOUR, 'hour'],
    [MINUTE, 'minute'],
  ] as const;
  for (const [size, unit] of units) {
    if (length >= size && length % size === 0) return [length / size, unit];
  }
  for (const [size, unit] of units) {
    if (length >= size) return [Math.round((length / size) * 10) / 10, unit];
  }
  return [Math.round(length / SECOND), 'second'];
}
