import semver from 'semver';
import type { Affected } from '../advisory.ts';

/** The way npm compares advisories with versions. */
const OPTIONS = { includePrerelease: true, loose: true };

/** A range as written in an advisory; an unreadable one matches no version. */
export interface NpmRange {
  readonly text: string;
  affects(version: string): Affected;
  /** Whether it includes every version. */
  readonly isEverything: boolean;
  /** The parts joined by `||`, each normalized. */
  readonly parts: readonly string[];
  /** The exclusive upper bounds of its parts: the fixed versions, by the convention of advisories. */
  readonly ends: readonly string[];
  /** Whether no part has an upper bound. */
  readonly isOpenEnded: boolean;
  /** Checks whether a version can be in both. */
  overlaps(part: string): boolean;
}

/** Parses a range lazily. */
export function npmRange(text: string): NpmRange {
  let read: semver.Range | null | undefined;
  const range = () => {
    if (read === undefined) read = parse(text);
    return read;
  };
  return {
    text,
    affects(version) {
      const parsed = semver.parse(version, OPTIONS);
      if (range() === null || parsed === null) return 'unknown';
      return range()!.test(parsed) ? 'yes' : 'no';
    },
    get isEverything() {
      return range()?.set.some((part) => part.every(isAny)) ?? false;
    },
    get parts() {
      return range()?.set.map(textOf) ?? [];
    },
    get ends() {
      const ends = range()?.set.flatMap((part) => part.filter(({ operator }) => operator === '<')) ?? [];
      return [...new Set(ends.map(({ semver: { version } }) => version.replace(/-0$/, '')))].sort(
        semver.compare,
      );
    },
    get isOpenEnded() {
      return range()?.set.some((part) => !part.some(({ operator }) => isEnd(operator))) ?? false;
    },
    overlaps(part) {
      const other = parse(part);
      return range() !== null && other !== null && range()!.intersects(other, OPTIONS);
    },
  };
}

function parse(text: string): semver.Range | null {
  const spaced = text.replaceAll(',', ' ').replace(/([<>=~^]) +/g, '$1');
  // A token dropped by lenient parsing would change the range.
  if (!spaced.split(/\s+|\|\|/).every((token) => token === '' || COMPARATOR.test(token))) return null;
  try {
    return new semver.Range(spaced, OPTIONS);
  } catch {
    return null;
  }
}

const COMPARATOR = /^(?:-|[<>=~^]{0,3}v?(?:\d[\w.+*-]*|[xX*]))$/;

function isAny({ operator, value, semver: { major, minor, patch } }: semver.Comparator): boolean {
  return value === '' || (operator === '>=' && major + minor + patch === 0);
}

function isEnd(operator: semver.Comparator['operator']): boolean {
  return operator === '<' || operator === '<=' || operator === '';
}

function textOf(part: readonly semver.Comparator[]): string {
  return part
    .map(({ value }) => value)
    .sort()
    .join(' ');
}
