import semver from 'semver';
import type { Packument } from '../documents/packument.ts';

/**
 * Why a version can no longer be installed. removed: the registry records when it was published. unlisted: it has no
 * record of it. ahead: higher than all that it has, so that it may only not have received it yet.
 */
export interface MissingVersion {
  readonly state: 'removed' | 'unlisted' | 'ahead';
  /** In milliseconds since 1970. */
  readonly published: number | undefined;
  /** The highest stable version that it has. */
  readonly newest: string | undefined;
}

/**
 * Returns why a version is missing; undefined if it exists, and for a document without versions, which proves nothing.
 */
export function missingVersion(
  { versions, times }: Pick<Packument, 'versions' | 'times'>,
  version: string,
): MissingVersion | undefined {
  if (versions.size === 0 || versions.has(version)) return undefined;
  const listed = numbersOf(versions.keys());
  const newest = listed.findLast(({ prerelease }) => prerelease.length === 0)?.version;
  const published = times.get(version);
  if (published !== undefined) return { state: 'removed', published, newest };
  const isAhead = listed.every((other) => other.compare(version) < 0);
  return { state: isAhead ? 'ahead' : 'unlisted', published, newest };
}

/**
 * Returns the nearest lower version that exists, is not deprecated, and is no prerelease; undefined if there is none.
 */
export function nearestLower({ versions }: Pick<Packument, 'versions'>, version: string): string | undefined {
  return numbersOf(versions.keys()).findLast(
    (other) =>
      other.prerelease.length === 0 &&
      other.compare(version) < 0 &&
      versions.get(other.version)?.deprecated === undefined,
  )?.version;
}

/** Returns those that are valid version numbers, lowest first. */
function numbersOf(versions: Iterable<string>): readonly semver.SemVer[] {
  const numbers: semver.SemVer[] = [];
  for (const text of versions) {
    const number = semver.parse(text);
    if (number !== null && number.version === text) numbers.push(number);
  }
  return numbers.sort(semver.compare);
}
