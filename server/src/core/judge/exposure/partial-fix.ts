import semver from 'semver';
import type { Advisory } from '../../know/advisory/advisory.ts';
import { ownFix } from './clearing-version.ts';

/** A later version that only some of the advisories on a version affect. */
export interface PartialFix {
  readonly version: string;
  /** The advisories that affect it, or may. */
  readonly leaves: readonly Advisory[];
}

/**
 * Returns the lowest of the named fixed versions with the fewest remaining advisories; undefined if none clears any. For
 * a version that none of them fixes wholly.
 */
export function partialFix(advisories: readonly Advisory[], version: string): PartialFix | undefined {
  const affecting = advisories.filter((advisory) => advisory.affects(version) === 'yes');
  const named = new Set(affecting.flatMap((advisory) => ownFix(advisory, version) ?? []));
  const [best] = [...named]
    .sort(semver.compare)
    .map((fixed) => ({
      version: fixed,
      leaves: advisories.filter((advisory) => advisory.affects(fixed) !== 'no'),
    }))
    .filter(({ leaves }) => leaves.length < affecting.length)
    .sort((a, b) => a.leaves.length - b.leaves.length);
  return best;
}
