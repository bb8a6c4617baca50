import semver from 'semver';
import type { Packument, PackumentVersion } from '../../../know/registry/documents/packument.ts';
import { isTrustedPublish } from '../../../know/registry/documents/publisher.ts';
import type { PackagePageInput } from './package-input.ts';

/** A version with what the registry states about its release. */
export interface Release {
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly time: number | undefined;
  /** Undefined for a version that was removed. */
  readonly published: PackumentVersion | undefined;
  readonly publisher: string | undefined;
  readonly isTrusted: boolean;
  /** `locked`, `latest` and other tags. */
  readonly marks: readonly string[];
  readonly isAffected: boolean;
  readonly isPrerelease: boolean;
}

/** Returns all releases of a package, the latest first; by version where the registry states no times. */
export function releasesOf(
  { versions, times, distTags }: Packument,
  { locked, advisories }: Pick<PackagePageInput, 'locked' | 'advisories'>,
): readonly Release[] {
  const timed = [...times.keys()].reverse();
  const untimed = [...versions.keys()].filter((version) => !times.has(version));
  const tags = [...distTags];
  const isLocked = new Set(locked);
  return [...timed, ...untimed.sort(byVersion)].map((version): Release => {
    const published = versions.get(version);
    return {
      version,
      time: times.get(version),
      published,
      publisher: published?.publishedBy?.name,
      isTrusted: published !== undefined && isTrustedPublish(published),
      marks: [
        ...(isLocked.has(version) ? ['locked'] : []),
        ...tags.flatMap(([tag, tagged]) => (tagged === version ? [tag] : [])),
        ...(published === undefined ? ['removed'] : published.deprecated === undefined ? [] : ['deprecated']),
      ],
      isAffected: advisories.all.some((advisory) => advisory.affects(version) === 'yes'),
      isPrerelease: (semver.prerelease(version)?.length ?? 0) > 0,
    };
  });
}

function byVersion(a: string, b: string): number {
  const [left, right] = [semver.parse(a), semver.parse(b)];
  return left === null || right === null ? 0 : right.compare(left);
}
