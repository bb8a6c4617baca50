import type { LockEntry, Lockfile } from '../model/lockfile.ts';
import type { EditedEntry } from './edited-entry.ts';

/**
 * Entries whose result may change with the edit of one entry, as declared by `Rule.perEntry`, and those that they are
 * compared with.
 */
export interface AlikeEntries {
  /** Entries with the name or one of the hashes of the edited entry. */
  readonly touched: ReadonlySet<LockEntry>;
  /** The touched entries and those that share a name or hash with them, in source order. */
  readonly entries: readonly LockEntry[];
}

/**
 * Finds the entries to check again after an edit; undefined if the edited entry says something that affects how other
 * entries are read.
 */
export function alikeEntries(
  { entries }: Lockfile,
  { before, after }: EditedEntry,
  text: string,
): AlikeEntries | undefined {
  if (SAYS_OF_OTHERS.test(text)) return undefined;
  const touched = alike(entries, [before, after]);
  return { touched: new Set(touched), entries: touched.length === 1 ? touched : alike(entries, touched) };
}

/**
 * What a package bundles or has a shrinkwrap for decides how others are installed, and an alias is searched for in the
 * whole text; a backslash may hide any of these.
 */
const SAYS_OF_OTHERS = /undle|hrinkwrap|"npm:|\\/;

function alike(entries: readonly LockEntry[], to: readonly LockEntry[]): readonly LockEntry[] {
  const names = new Set(to.map(({ name }) => name));
  const hashes = new Set(
    to.flatMap(({ integrity }) => (integrity === undefined ? [] : hashesIn(integrity.value))),
  );
  const hasHash = (value: string) =>
    hashes.has(value) || (IS_MORE.test(value) && hashesIn(value).some((hash) => hashes.has(hash)));
  return entries.filter((entry) => {
    if (names.has(entry.name)) return true;
    const value = entry.integrity?.value;
    return value !== undefined && hasHash(value);
  });
}

/** Returns each hash of a text, without options after it. */
function hashesIn(value: string): readonly string[] {
  return IS_MORE.test(value) ? value.split(/\s+/).map((hash) => hash.replace(/\?.*$/, '')) : [value];
}

/** Matches a text that is more than one plain hash. */
const IS_MORE = /[\s?]/;
