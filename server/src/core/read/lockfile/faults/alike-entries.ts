import type { LockEntry, Lockfile } from '../model/lockfile.ts';
import type { EditedEntry } from './edited-entry.ts';

/** Entries whose verdict may be another for the edit of one, by what `Rule.perEntry` says, and what these are compared with. */
export interface AlikeEntries {
  /** Those of the name of the edited entry, or of one of its hashes. */
  readonly touched: ReadonlySet<LockEntry>;
  /** These and those that have the name or the hash of one of them, in the order of the text. */
  readonly entries: readonly LockEntry[];
}

/** Undefined where the edited entry says something that entries elsewhere may be read by. */
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
 * What a package bundles or has a shrinkwrap for says how others are installed, and an alias is looked for in the text of all;
 * a backslash may hide any of it.
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

/** Each hash of a text by itself, without the options that may stand behind it. */
function hashesIn(value: string): readonly string[] {
  return IS_MORE.test(value) ? value.split(/\s+/).map((hash) => hash.replace(/\?.*$/, '')) : [value];
}

/** Whether a text is more than one plain hash. */
const IS_MORE = /[\s?]/;
