import semver from 'semver';
import type { Manifest } from '../../../read/manifest/manifest.ts';
import type { PackumentVersion } from '../documents/packument.ts';

/**
 * Checks whether a version runs on the oldest Node that a project's manifest supports. A missing or invalid range is no
 * objection.
 */
export function fitsEngines(
  { engines }: Pick<PackumentVersion, 'engines'>,
  manifest: Pick<Manifest, 'engines'> | undefined,
): boolean {
  const asked = manifest?.engines.get('node')?.value;
  const wanted = engines.get('node');
  if (asked === undefined || wanted === undefined) return true;
  if (semver.validRange(asked) === null || semver.validRange(wanted) === null) return true;
  const oldest = semver.minVersion(asked);
  return oldest === null || semver.satisfies(oldest, wanted);
}
