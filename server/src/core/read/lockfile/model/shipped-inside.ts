import type { LockEntry } from './lockfile.ts';

/**
 * Checks whether the entry is bundled in the tarball of another package. What the project or a member bundles lies in
 * its own folder, and is downloaded like anything else.
 */
export function isShippedInside({ bundled, key }: Pick<LockEntry, 'bundled' | 'key'>): boolean {
  if (!bundled) return false;
  const first = key.indexOf(FOLDER);
  if (first !== -1) return key.indexOf(`/${FOLDER}`, first) !== -1;
  // Keys of Bun list the enclosing packages.
  return key.split('/').length > (key.startsWith('@') ? 2 : 1);
}

const FOLDER = 'node_modules/';
