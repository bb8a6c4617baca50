import semver from 'semver';
import type { Installation } from '../model/commands.ts';

/**
 * Returns whether a project of Bun is one of Bun 1.4 or later, as far as a file says it: those have keys of overrides with
 * ranges and parents, and `bun update` of a transitive dependency leaves package.json as it is. Their lockfiles have at
 * least version 2.
 */
export function isBunSince14({
  version,
  lockVersion,
}: Pick<Installation, 'version' | 'lockVersion'>): boolean {
  if (version !== undefined) return semver.gte(version, '1.4.0');
  return Number(lockVersion ?? 0) >= 2;
}
