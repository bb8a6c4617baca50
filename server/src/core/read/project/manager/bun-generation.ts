import semver from 'semver';
import type { Lockfile } from '../../lockfile/model/lockfile.ts';
import type { PackageManager } from '../../manager/package-manager.ts';

/**
 * Returns whether a project of Bun is one of Bun 1.4 or later, as far as a file says it: those have keys of overrides with
 * ranges and parents, and `bun update` of a transitive dependency leaves package.json as it is. Their lockfiles have at
 * least version 2.
 */
export function isBunSince14(
  { version }: Pick<PackageManager, 'version'>,
  lockfile: Pick<Lockfile, 'formatVersion'> | undefined,
): boolean {
  if (version !== undefined) return semver.gte(version, '1.4.0');
  return Number(lockfile?.formatVersion?.value ?? 0) >= 2;
}
