import semver from 'semver';
import type { Packument, PackumentVersion } from '../documents/packument.ts';
import { publishTimes } from '../documents/publish-times.ts';

/**
 * Returns the versions that preceded one, the latest first. If the registry has both publish times, they decide; if one
 * of the two is unknown, the one with the lower number came first. Invalid versions are skipped.
 */
export function earlierVersions(packument: Packument, version: string): readonly PackumentVersion[] {
  const own = semver.parse(version);
  if (own === null) return [];
  const times = publishTimes(packument);
  const time = times.get(version);
  const earlier: { readonly number: semver.SemVer; readonly time: number | undefined }[] = [];
  for (const key of packument.versions.keys()) {
    const number = key === version ? null : semver.parse(key);
    if (number === null) continue;
    const other = times.get(key);
    const isEarlier = time !== undefined && other !== undefined ? other < time : semver.lt(number, own);
    if (isEarlier) earlier.push({ number, time: other });
  }
  const isTimed = time !== undefined && earlier.every((item) => item.time !== undefined);
  earlier.sort((a, b) => (isTimed ? b.time! - a.time! : 0) || semver.rcompare(a.number, b.number));
  return earlier
    .map(({ number }) => packument.versions.get(number.raw))
    .filter((found) => found !== undefined);
}

/**
 * Returns the version that a user would probably have had before: the highest lower one of the same major version,
 * published earlier if the times are known; for versions 0.x the same minor version is preferred. For a stable version
 * no prerelease.
 */
export function previousVersion(packument: Packument, version: string): PackumentVersion | undefined {
  const own = semver.parse(version);
  if (own === null) return undefined;
  let best: semver.SemVer | undefined;
  for (const { version: key } of earlierVersions(packument, version)) {
    const other = semver.parse(key);
    if (other === null || other.major !== own.major || other.compare(own) >= 0) continue;
    if (own.prerelease.length === 0 && other.prerelease.length > 0) continue;
    if (best === undefined || other.compare(best) > 0) best = other;
  }
  return best === undefined ? undefined : packument.versions.get(best.raw);
}
