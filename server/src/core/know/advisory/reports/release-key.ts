/**
 * A release as one number, in version order: major, minor and patch packed into the 53 bits that a number holds
 * exactly. Prereleases, and releases with larger numbers, have none.
 */

/** The key of any other version. */
export const NO_KEY = -1;

const PART = 2 ** 18;
const MAJOR = 2 ** 17;
const PERIOD = 46;

/** Returns the key of a version as written, allocating nothing but the number. */
export function releaseKey(version: string): number {
  let key = 0;
  let part = 0;
  let digits = 0;
  let periods = 0;
  for (let at = 0; at < version.length; at++) {
    const code = version.charCodeAt(at);
    if (code === PERIOD) {
      if (digits === 0 || part >= (periods === 0 ? MAJOR : PART)) return NO_KEY;
      key = key * PART + part;
      periods++;
      part = 0;
      digits = 0;
    } else {
      // A number in a version has no leading zero.
      if (code < 48 || code > 57 || (digits > 0 && part === 0) || digits === 6) return NO_KEY;
      part = part * 10 + code - 48;
      digits++;
    }
  }
  return periods === 2 && digits > 0 && part < PART ? key * PART + part : NO_KEY;
}

/** Returns the lowest key of a release that is not below the version, or above it if `isAbove` is set. */
export function keyFrom(
  major: number,
  minor: number,
  patch: number,
  isPrerelease: boolean,
  isAbove: boolean,
): number {
  if (major >= MAJOR) return Number.POSITIVE_INFINITY;
  if (minor >= PART) return (major + 1) * PART * PART;
  if (patch >= PART) return (major * PART + minor + 1) * PART;
  return (major * PART + minor) * PART + patch + (isAbove && !isPrerelease ? 1 : 0);
}
