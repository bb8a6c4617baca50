import semver from 'semver';
import type { Packument } from '../documents/packument.ts';

/**
 * Returns the declared range if the package has a version in it, otherwise one of its latest version: for a range that
 * was written for another package. Without a latest version, tags and other specifiers that are not ranges stay as they
 * are.
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
