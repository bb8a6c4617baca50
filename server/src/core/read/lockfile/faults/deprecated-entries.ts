import { wordPlaces } from '../../text/lines/word-places.ts';
import type { LockEntry, Lockfile } from '../model/lockfile.ts';
import { isNpmLockfile } from '../npm/npm-lockfile.ts';
import { entryAt } from './entries-mentioning.ts';

const known = new WeakMap<Lockfile, readonly LockEntry[]>();

/** Returns the entries that the lockfile marks as deprecated, if its format records that: npm's and pnpm's do. */
export function deprecatedEntries(lockfile: Lockfile): readonly LockEntry[] {
  let found = known.get(lockfile);
  if (found === undefined) {
    found = candidates(lockfile).filter(({ deprecated }) => deprecated !== undefined && deprecated !== '');
    known.set(lockfile, found);
  }
  return found;
}

/** In `packages` of npm the word is in the entry's own text, so the others need not be decoded. */
function candidates(lockfile: Lockfile): readonly LockEntry[] {
  const { entries } = lockfile;
  const places = wordPlaces(lockfile, WORD);
  if (places === undefined) return entries;
  if (places.length === 0) return [];
  if (!isNpmLockfile(lockfile)) return entries;
  const found = new Set<LockEntry>();
  for (const place of places) {
    const entry = entryAt(entries, place);
    if (entry !== undefined) found.add(entry);
  }
  return [...found];
}

const WORD = 'deprecated';
