const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

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
