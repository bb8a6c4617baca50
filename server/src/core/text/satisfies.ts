import semver from 'semver';

/** `1.2.3` and the like, a comparator before it in ranges; fewer digits than numbers lose precision with. */
const PLAIN_VERSION = /^(\d{1,15})\.(\d{1,15})\.(\d{1,15})$/;
const PLAIN_RANGE = /^([~^]|>=|=)?(\d{1,15})\.(\d{1,15})\.(\d{1,15})$/;
/** What the library makes of a caret and a tilde. No release lies between `2.0.0-0` and `2.0.0`. */
const BETWEEN = /^>=(\d{1,15})\.(\d{1,15})\.(\d{1,15}) <(\d{1,15})\.(\d{1,15})\.(\d{1,15})(?:-0)?$/;

/**
 * Whether a version is in a range, as `semver.satisfies` says it. Nearly all that manifests and lockfiles hold are releases,
 * and ranges of one comparator or between two releases: those are compared here, as the library needs a hundred times as long to read a range that it
 * meets for the first time, and a project has thousands of them.
 */
export function satisfies(version: string, range: string, options: semver.RangeOptions = {}): boolean {
  return plainlySatisfies(version, range) ?? semver.satisfies(version, range, options);
}

/** The same; undefined where it takes more to tell. Without prereleases the library's options change nothing. */
export function plainlySatisfies(version: string, range: string): boolean | undefined {
  const between = BETWEEN.exec(range);
  const declared = between ?? PLAIN_RANGE.exec(range);
  const given = declared === null ? null : PLAIN_VERSION.exec(version);
  if (declared === null || given === null) return undefined;
  // With a zero in front a number is none for the library, unless it is asked to be loose.
  if (hasLeadingZero(declared) || hasLeadingZero(given)) return undefined;
  const [major, minor, patch] = [Number(given[1]), Number(given[2]), Number(given[3])];
  if (between !== null) {
    return compare(major, minor, patch, between, 1) >= 0 && compare(major, minor, patch, between, 4) < 0;
  }
  const order = compare(major, minor, patch, declared, 2);
  const [fromMajor, fromMinor] = [Number(declared[2]), Number(declared[3])];
  switch (declared[1]) {
    case undefined:
    case '=':
      return order === 0;
    case '>=':
      return order >= 0;
    case '~':
      return order >= 0 && major === fromMajor && minor === fromMinor;
    default:
      if (order < 0 || major !== fromMajor) return false;
      if (fromMajor > 0) return true;
      return fromMinor > 0 ? minor === fromMinor : order === 0;
  }
}

/** With the three numbers that stand in a match from a place on. */
function compare(major: number, minor: number, patch: number, match: RegExpExecArray, at: number): number {
  return major - Number(match[at]) || minor - Number(match[at + 1]) || patch - Number(match[at + 2]);
}

function hasLeadingZero(match: RegExpExecArray): boolean {
  for (let at = 1; at < match.length; at++) {
    const part = match[at];
    if (part !== undefined && part.length > 1 && part.startsWith('0')) return true;
  }
  return false;
}
