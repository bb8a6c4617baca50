import semver from 'semver';

/** `1.2.3` and the like, in ranges after a comparator; fewer digits than make numbers lose precision. */
const PLAIN_VERSION = /^(\d{1,15})\.(\d{1,15})\.(\d{1,15})$/;
const PLAIN_RANGE = /^([~^]|>=|=)?(\d{1,15})\.(\d{1,15})\.(\d{1,15})$/;
/** The library's form of a caret and a tilde. No release lies between `2.0.0-0` and `2.0.0`. */
const BETWEEN = /^>=(\d{1,15})\.(\d{1,15})\.(\d{1,15}) <(\d{1,15})\.(\d{1,15})\.(\d{1,15})(?:-0)?$/;
/** One of several comparators. For a release, a prerelease as a bound is equivalent to its release. */
const COMPARATOR =
  /^(?:([~^]|<=|>=|[=<>])?(\d{1,15})\.(\d{1,15})\.(\d{1,15})|(>=|<)(\d{1,15})\.(\d{1,15})\.(\d{1,15})-(?:0|[1-9]\d{0,8}|[a-z]{1,20})(?:\.(?:0|[1-9]\d{0,8}|[a-z]{1,20})){0,3})$/;

/**
 * Checks whether a version is in a range, like `semver.satisfies`. Nearly all versions in manifests and lockfiles are
 * releases, and nearly all ranges consist of comparators with complete versions: those are compared here, because the
 * library takes a hundred times as long for a range that it sees for the first time, and a project has thousands of
 * them.
 */
export function satisfies(version: string, range: string, options: semver.RangeOptions = {}): boolean {
  return plainlySatisfies(version, range) ?? semver.satisfies(version, range, options);
}

/** Does the same for plain cases; otherwise undefined. Without prereleases the library's options change nothing. */
export function plainlySatisfies(version: string, range: string): boolean | undefined {
  const given = PLAIN_VERSION.exec(version);
  // The library rejects a number with a leading zero, unless the loose option is set.
  if (given === null || hasLeadingZero(given)) return undefined;
  const release = [Number(given[1]), Number(given[2]), Number(given[3])] as const;
  const between = BETWEEN.exec(range);
  if (between !== null) {
    if (hasLeadingZero(between)) return undefined;
    return compare(release, between, 1) >= 0 && compare(release, between, 4) < 0;
  }
  const declared = PLAIN_RANGE.exec(range);
  return declared === null ? isInAny(release, range) : isWithin(release, declared, 1);
}

type Release = readonly [major: number, minor: number, patch: number];

/**
 * Checks whether it satisfies all comparators of a part between `||`; undefined if one of them, in any part, is not
 * plain.
 */
function isInAny(release: Release, range: string): boolean | undefined {
  let isIn = false;
  for (const part of range.split('||')) {
    let fitsAll = true;
    for (const text of part.trim().split(/\s+/)) {
      const comparator = COMPARATOR.exec(text);
      if (comparator === null) return undefined;
      const fits = isWithin(release, comparator, comparator[2] === undefined ? 5 : 1);
      if (fits === undefined) return undefined;
      fitsAll &&= fits;
    }
    isIn ||= fitsAll;
  }
  return isIn;
}

/** @param at the index of the comparator's operator in the match, before its three numbers */
function isWithin(release: Release, declared: RegExpExecArray, at: number): boolean | undefined {
  if (hasLeadingZero(declared)) return undefined;
  const [major, minor] = release;
  const order = compare(release, declared, at + 1);
  const [fromMajor, fromMinor] = [Number(declared[at + 1]), Number(declared[at + 2])];
  switch (declared[at]) {
    case undefined:
    case '=':
      return order === 0;
    case '>=':
      return order >= 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    case '<':
      return order < 0;
    case '~':
      return order >= 0 && major === fromMajor && minor === fromMinor;
    default:
      if (order < 0 || major !== fromMajor) return false;
      if (fromMajor > 0) return true;
      return fromMinor > 0 ? minor === fromMinor : order === 0;
  }
}

/** Compares with the three numbers of a match from an index on. */
function compare([major, minor, patch]: Release, match: RegExpExecArray, at: number): number {
  return major - Number(match[at]) || minor - Number(match[at + 1]) || patch - Number(match[at + 2]);
}

function hasLeadingZero(match: RegExpExecArray): boolean {
  for (let at = 1; at < match.length; at++) {
    const part = match[at];
    if (part !== undefined && part.length > 1 && part.startsWith('0')) return true;
  }
  return false;
}
