import semver from 'semver';

/**
 * Checks whether a locked version is outside the range that it is locked for. A text that is not a range, and a
 * prerelease, prove nothing.
 */
export function isUnfit(version: string, range: string): boolean {
  if (range === '' || fitsPlainly(version, range) || semver.valid(version, LOOSE) === null) return false;
  const parsed = rangeOf(range);
  return parsed !== undefined && !parsed.test(version);
}

const LOOSE = { loose: true };

function rangeOf(text: string): semver.Range | undefined {
  try {
    return new semver.Range(text, { ...LOOSE, includePrerelease: true });
  } catch {
    return undefined;
  }
}

/** Checks for the exact version, or a caret before an equal or lower one of the same major: true for nearly all. */
function fitsPlainly(version: string, range: string): boolean {
  if (range === version) return true;
  if (range.charCodeAt(0) !== CARET) return false;
  const dot = version.indexOf('.');
  // Versions below 1.0.0 and prereleases are compared in full.
  if (version.charCodeAt(0) === ZERO || version.includes('-', dot)) return false;
  return (
    range.length > dot && range.startsWith(version.slice(0, dot + 1), 1) && isReached(version, range, dot)
  );
}

function isReached(version: string, range: string, dot: number): boolean {
  const [minor = '', patch = ''] = version.slice(dot + 1).split('.', 2);
  const [least = '', leastPatch = ''] = range.slice(dot + 2).split('.', 2);
  if (!/^\d+$/.test(minor) || !/^\d+$/.test(least) || !/^\d*$/.test(leastPatch) || !/^\d+$/.test(patch))
    return false;
  return Number(minor) > Number(least) || (minor === least && Number(patch) >= Number(leastPatch));
}

const CARET = 94;
const ZERO = 48;
