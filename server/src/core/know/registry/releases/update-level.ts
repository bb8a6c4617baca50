import semver from 'semver';
import { parsedVersion } from '../documents/parsed-version.ts';

/**
 * How much an update may break by semver: `^` includes `minor` and `patch`; `patch` stays within one minor version. If
 * the first number is 0, the next one counts as the major version, as for `^`.
 */
export type UpdateLevel = 'patch' | 'minor' | 'major';

export const UPDATE_LEVELS: readonly UpdateLevel[] = ['patch', 'minor', 'major'];

export function updateLevel(from: string, to: string): UpdateLevel {
  const [low, high] = [parsedVersion(from), parsedVersion(to)];
  if (low === null || high === null || semver.lt(high, low) || high.major !== low.major) return 'major';
  if (high.minor === low.minor)
    return low.major > 0 || low.minor > 0 || high.patch === low.patch ? 'patch' : 'major';
  return low.major > 0 ? 'minor' : 'major';
}

/** Returns the range of the updates up to a level, as normalized by semver. */
export function rangeOfLevel(from: string, level: UpdateLevel): string {
  switch (level) {
    case 'patch':
      return `~${from} ^${from}`;
    case 'minor':
      return `^${from}`;
    case 'major':
      return `>=${from}`;
  }
}
