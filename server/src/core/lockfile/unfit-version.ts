import semver from 'semver';

/** Whether a locked version is not in the range that it is locked for. What is no range, and a prerelease, tells nothing. */
export function isUnfit(version: string, range: string): boolean {
  if (range === '' || semver.validRange(range, LOOSE) === null || semver.valid(version, LOOSE) === null)
    return false;
  return !semver.satisfies(version, range, { ...LOOSE, includePrerelease: true });
}

const LOOSE = { loose: true };
