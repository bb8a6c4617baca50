import semver from 'semver';
import { parsedVersion } from '../documents/parsed-version.ts';

/**
 * How much an update may break by semver: `minor` and `patch` are what `^` takes in, `patch` only within one minor
 * version. Where the first number is 0, the next one counts as the major version, as it does for `^`.
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

/** The range, in semver's words, of the updates up to a level. */
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
