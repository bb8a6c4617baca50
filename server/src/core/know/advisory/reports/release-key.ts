/**
 * A release as one number, in the order of versions: major, minor and patch side by side in the 53 bits that a number
 * holds exactly. Prereleases, and releases with larger numbers, have none.
 */

/** For what is not such a release. */
export const NO_KEY = -1;

const PART = 2 ** 18;
const MAJOR = 2 ** 17;
const PERIOD = 46;

/** The key of a version as it is written, without making anything but the number. */
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
      // What begins with a zero is no number of a version.
      if (code < 48 || code > 57 || (digits > 0 && part === 0) || digits === 6) return NO_KEY;
      part = part * 10 + code - 48;
      digits++;
    }
  }
  return periods === 2 && digits > 0 && part < PART ? key * PART + part : NO_KEY;
}

/** The lowest key of a release that is not below the version; of one that is above it where `isAbove` says so. */
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
