import {
  isObject,
  type JsonTape,
  nextSibling,
  RECORD,
  type Token,
  tokenSpan,
  valueToken,
} from '../../text/json-tape.ts';
import type { TextChange } from '../../text/text-change.ts';
import { keyText } from '../json-lock-text.ts';
import type { LockEntry, LockProblem } from '../lockfile.ts';
import { shownText } from '../shown-text.ts';
import { EntriesByKey } from './entries-by-key.ts';
import { EntryFields } from './entry-fields.ts';
import { folderPlaceOf, OUTSIDE } from './folder-place.ts';
import { NpmLockEntry } from './npm-lock-entry.ts';

/** What stands in `packages`. */
export interface ReadPackages {
  readonly byKey: EntriesByKey;
  readonly importers: ReadonlyMap<string, LockEntry>;
  readonly entries: readonly LockEntry[];
  /** Entries that stand in `packages`, understood or not. */
  readonly total: number;
  /** npm's links to members and other folders. */
  readonly links: readonly NpmLockEntry[];
  readonly problems: readonly LockProblem[];
}

/** Reads the entries of the object. */
export function readPackages(tape: JsonTape, packages: Token): ReadPackages {
  const most = countOf(tape, packages);
  const byKey = new EntriesByKey(tape, most);
  const importers = new Map<string, LockEntry>();
  const problems: LockProblem[] = [];
  const fields = new EntryFields(tape, most, problems);
  const end = nextSibling(tape, packages);
  let total = 0;
  const links: NpmLockEntry[] = [];
  let hasDuplicates = false;
  let entries: NpmLockEntry[] = [];
  for (let token = packages + RECORD; token < end; token = nextSibling(tape, token)) {
    const key = keyText(tape, token);
    const place = folderPlaceOf(key);
    const inNodeModules = place !== OUTSIDE;
    const value = valueToken(tape, token);
    if (!isObject(tape, value) || (inNodeModules && tape.unclosed.has(value))) {
      if (inNodeModules) total++;
      if (!isObject(tape, value))
        problems.push({ message: 'an entry is an object', span: tokenSpan(tape, token) });
      continue;
    }
    const entry = new NpmLockEntry(fields, fields.add(token, place), key);
    if (byKey.add(entry)) {
      hasDuplicates = true;
      problems.push({
        kind: 'duplicate',
        message: `"${shownText(key)}" stands twice, and npm takes the last`,
        span: tokenSpan(tape, token),
      });
    }
    if (!inNodeModules) importers.set(key, entry);
    else if (!entry.isLink) entries.push(entry);
    else links.push(entry);
  }
  if (hasDuplicates) entries = entries.filter((entry) => byKey.get(entry.key) === entry);
  return { byKey, importers, entries, total: total + entries.length, links, problems };
}

/**
 * The same after an edit within the value of one entry: only that one is read. Undefined where it is not as simple as it
 * nearly always is.
 */
export function editedPackages(
  before: ReadPackages,
  tape: JsonTape,
  edited: NpmLockEntry,
  edit: TextChange,
): ReadPackages | undefined {
  if (before.problems.length > 0 || before.byKey.get(edited.key) !== edited) return undefined;
  const problems: LockProblem[] = [];
  const fields = edited.editedFields(tape, problems);
  const importers = new Map<string, LockEntry>();
  const entries: NpmLockEntry[] = [];
  const links: NpmLockEntry[] = [];
  const byKey = before.byKey.edited(tape, edit, (old) => {
    const entry = old.among(fields, old === edited);
    if (!entry.inNodeModules) importers.set(entry.key, entry);
    else if (!entry.isLink) entries.push(entry);
    else links.push(entry);
    return entry;
  });
  return { byKey, importers, entries, total: entries.length, links, problems };
}

/** How many children the object has. */
function countOf(tape: JsonTape, object: Token): number {
  let count = 0;
  const end = nextSibling(tape, object);
  for (let token = object + RECORD; token < end; token = nextSibling(tape, token)) count++;
  return count;
}
