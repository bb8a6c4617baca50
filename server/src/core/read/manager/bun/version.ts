import semver from 'semver';
import type { Installation } from '../model/commands.ts';

/**
 * Returns whether a project uses Bun 1.4 or later, by its version or its lockfile, which has at least version 2. Since
 * then keys of overrides have ranges and parents, and `bun update` of a transitive dependency leaves package.json
 * unchanged.
 */
export function isBunSince14({
  version,
  lockVersion,
}: Pick<Installation, 'version' | 'lockVersion'>): boolean {
  if (version !== undefined) return semver.gte(version, '1.4.0');
  return Number(lockVersion ?? 0) >= 2;
}
