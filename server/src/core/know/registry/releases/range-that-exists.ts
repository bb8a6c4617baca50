import semver from 'semver';
import type { Packument } from '../documents/packument.ts';

/**
 * The declared range where the package has a version in it, else one of its latest version: for a range that was written
 * for another package. Tags and what else is no range are left as they are where the package has no latest version.
 */
export function rangeThatExists({ versions, distTags }: Packument, declared: string): string {
  if (distTags.has(declared)) return declared;
  const range = semver.validRange(declared);
  if (range !== null) {
    for (const version of versions.keys()) {
      if (semver.satisfies(version, range)) return declared;
    }
  }
  const latest = distTags.get('latest');
  return latest === undefined ? declared : `^${latest}`;
}
