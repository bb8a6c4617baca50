import type { LockEntry } from './lockfile.ts';

/** Whether it lies in the folder of another package, which brings it along: one at the top is downloaded all the same. */
export function isBroughtAlong({ bundled, key }: LockEntry): boolean {
  if (!bundled) return false;
  const folder = key.startsWith('node_modules/') ? key.slice('node_modules/'.length) : key;
  return folder.split('/').length > (folder.startsWith('@') ? 2 : 1);
}
