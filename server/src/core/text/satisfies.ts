import semver from 'semver';

/** `1.2.3` and the like, a comparator before it in ranges; fewer digits than numbers lose precision with. */
const PLAIN_VERSION = /^(\d{1,15})\.(\d{1,15})\.(\d{1,15})$/;
const PLAIN_RANGE = /^([~^]|>=|=)?(\d{1,15})\.(\d{1,15})\.(\d{1,15})$/;

/**
 * Whether a version is in a range, as `semver.satisfies` says it. Nearly all that manifests and lockfiles hold are releases,
 * and ranges of one comparator: those are compared here, as the library needs a hundred times as long to read a range that it
 * meets for the first time, and a project has thousands of them.
 */
export function satisfies(version: string, range: string, options: semver.RangeOptions = {}): boolean {
  return plainlySatisfies(version, range) ?? semver.satisfies(version, range, options);
}

/** The same; undefined where it takes more to tell. Without prereleases the library's options change nothing. */
export function plainlySatisfies(version: string, range: string): boolean | undefined {
  const declared = PLAIN_RANGE.exec(range);
  const given = declared === null ? null : PLAIN_VERSION.exec(version);
  if (declared === null || given === null) return undefined;
  // With a zero in front a number is none for the library, unless it is asked to be loose.
  if (hasLeadingZero(declared, 2) || hasLeadingZero(given, 1)) return undefined;
  const [major, minor, patch] = [Number(given[1]), Number(given[2]), Number(given[3])];
  const [fromMajor, fromMinor, fromPatch] = [Number(declared[2]), Number(declared[3]), Number(declared[4])];
  const order = major - fromMajor || minor - fromMinor || patch - fromPatch;
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

function hasLeadingZero(parts: RegExpExecArray, first: number): boolean {
  for (let at = first; at < first + 3; at++) {
    const part = parts[at]!;
    if (part.length > 1 && part.startsWith('0')) return true;
  }
  return false;
}
