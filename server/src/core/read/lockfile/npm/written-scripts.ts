import { wordPlaces } from '../../text/lines/word-places.ts';
import type { LockEntry, Lockfile } from '../model/lockfile.ts';
import { NpmLockEntry } from './npm-lock-entry.ts';

/**
 * Returns the entries with `scripts`, which npm 7 and later run in place of the package's own. npm writes none.
 * @param entries the entries of the lockfile to check
 */
export function* writtenScripts(
  lockfile: Pick<Lockfile, 'text'>,
  entries: readonly LockEntry[],
): Generator<NpmLockEntry> {
  // Without the word, or an escape that may hide it, no entry has any.
  if (wordPlaces(lockfile, '"scripts"')?.length === 0 && wordPlaces(lockfile, '\\u')?.length === 0) return;
  for (const entry of entries) {
    if (entry instanceof NpmLockEntry && entry.inNodeModules && entry.scripts !== undefined) yield entry;
  }
}
