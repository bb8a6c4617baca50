import type { PackageManagerName } from '../../manager/package-manager.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What a plain number counts in each package manager's setting. */
const UNITS: Readonly<Record<PackageManagerName, number>> = {
  npm: DAY,
  pnpm: MINUTE,
  yarn: MINUTE,
  bun: SECOND,
};
/** The suffixes that Yarn understands. The others read numbers only, and ignore or refuse anything else. */
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

/** Returns the length of time that a package manager reads in its setting, in milliseconds; undefined where it reads none. */
export function releaseAge(text: string | undefined, manager: PackageManagerName): number | undefined {
  if (text === undefined) return undefined;
  const length = manager === 'yarn' ? yarnDuration(text) : Number(text.trim()) * UNITS[manager];
  return length >= 0 && length <= LONGEST ? length : undefined;
}

function yarnDuration(text: string): number {
  const parts = /^\s*(\d{1,15}(?:\.\d{1,15})?)\s*(ms|[smhdw])?\s*$/.exec(text);
  if (parts === null) return Number.NaN;
  return Number(parts[1]) * (parts[2] === undefined ? UNITS.yarn : SUFFIXES[parts[2]]!);
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
