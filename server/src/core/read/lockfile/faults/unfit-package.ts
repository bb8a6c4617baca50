import type { LockEdge, LockEntry } from '../model/lockfile.ts';
import { isUnfit } from './unfit-version.ts';

/** A package, and the range of a dependent that its version is not in. */
export interface UnfitPackage {
  readonly entry: LockEntry;
  readonly range: string;
}

/**
 * Returns the range of a dependency that the version it got is not in, undefined where it is. Only packages of a registry
 * have a version that a range is about.
 */
export function unfitRange(entry: LockEntry | undefined, { specifier }: LockEdge): string | undefined {
  const version = entry?.source === 'registry' ? entry.version?.value : undefined;
  if (version === undefined) return undefined;
  const { value } = specifier;
  const range = value.startsWith('npm:') ? rangeOfAlias(value) : value;
  return isUnfit(version, range) ? range : undefined;
}

/** Returns whether a dependency is one that an install has to give its range: peers and others' development dependencies are not. */
export function isInstalledFor({ section }: LockEdge, isImporter: boolean): boolean {
  return (
    section === 'dependencies' ||
    section === 'optionalDependencies' ||
    (section === 'devDependencies' && isImporter)
  );
}

/** `^1.0.0` of `npm:real@^1.0.0`; "" where it names no range. */
function rangeOfAlias(specifier: string): string {
  const at = specifier.indexOf('@', 'npm:@'.length);
  return at === -1 ? '' : specifier.slice(at + 1);
}
