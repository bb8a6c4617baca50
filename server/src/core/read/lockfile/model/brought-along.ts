import type { LockEntry } from './lockfile.ts';

/**
 * Returns whether the entry lies in the tarball of another package, which brings it along. What the project or a member bundles
 * itself lies in its own folder, and is downloaded like anything else.
 */
export function isBroughtAlong({ bundled, key }: Pick<LockEntry, 'bundled' | 'key'>): boolean {
  if (!bundled) return false;
  const first = key.indexOf(FOLDER);
  if (first !== -1) return key.indexOf(`/${FOLDER}`, first) !== -1;
  // Of Bun, whose keys are the names of the packages around it.
  return key.split('/').length > (key.startsWith('@') ? 2 : 1);
}

const FOLDER = 'node_modules/';
