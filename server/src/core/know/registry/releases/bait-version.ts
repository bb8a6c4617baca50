import semver from 'semver';

const DATES = [
  // A year, a year and month, or a day, with which calendar versions begin.
  /^(?:19|20)\d\d$/,
  /^(?:19|20)\d\d(?:0[1-9]|1[0-2])$/,
  /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/,
];
/** Packages seldom get that far, and never at once. */
const LEAST_MAJOR = 90;

/**
 * Checks whether a version has a number typical of attackers who imitate an internal package, so that it is higher than
 * any of the company's: `99.0.0`, `9.9.9`. Dates do not count.
 */
export function isBaitVersion(version: string): boolean {
  const number = semver.parse(version);
  if (number === null) return false;
  const { major, minor, patch } = number;
  if ([major, minor, patch].every((part) => /^9+$/.test(String(part)))) return true;
  return major >= LEAST_MAJOR && !DATES.some((date) => date.test(String(major)));
}
