import type { LockEdge, LockEntry } from '../model/lockfile.ts';
import { isUnfit } from './unfit-version.ts';

/** A package, and the range of a dependent that its version does not satisfy. */
export interface UnfitPackage {
  readonly entry: LockEntry;
  readonly range: string;
}

/**
 * Returns the range of a dependency that its resolved version does not satisfy; undefined if it does. Only packages of
 * a registry have a version to compare.
 */
export function unfitRange(entry: LockEntry | undefined, { specifier }: LockEdge): string | undefined {
  const version = entry?.source === 'registry' ? entry.version?.value : undefined;
  if (version === undefined) return undefined;
  const { value } = specifier;
  const range = value.startsWith('npm:') ? rangeOfAlias(value) : value;
  return isUnfit(version, range) ? range : undefined;
}

/**
 * Checks whether an install has to satisfy the range of a dependency: it ignores peers and the development dependencies
 * of packages.
 */
export function isInstalledFor({ section }: LockEdge, isImporter: boolean): boolean {
  return (
    section === 'dependencies' ||
    section === 'optionalDependencies' ||
    (section === 'devDependencies' && isImporter)
  );
}

/** Returns `^1.0.0` for `npm:real@^1.0.0`; "" if it names no range. */
function rangeOfAlias(specifier: string): string {
  const at = specifier.indexOf('@', 'npm:@'.length);
  return at === -1 ? '' : specifier.slice(at + 1);
}
