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
import { EntryFields, FLAGS, LINK, PLACE, TOKEN } from './entry-fields.ts';
import { EntryList } from './entry-list.ts';
import { folderPlaceOf, OUTSIDE } from './folder-place.ts';
import type { NpmLockEntry } from './npm-lock-entry.ts';

/** What stands in `packages`. */
export interface ReadPackages {
  readonly byKey: EntriesByKey;
  readonly importers: ReadonlyMap<string, LockEntry>;
  /** How many entries of installed packages there are. */
  readonly count: number;
  /** Entries that stand in `packages`, understood or not. */
  readonly total: number;
  /** npm's links to members and other folders. */
  readonly links: readonly NpmLockEntry[];
  readonly problems: readonly LockProblem[];
  /** The entries of installed packages, in the order of the text; they are made when first asked for. */
  entries(): readonly NpmLockEntry[];
}

/** Reads the entries of the object. */
export function readPackages(tape: JsonTape, packages: Token): ReadPackages {
  const problems: LockProblem[] = [];
  const fields = new EntryFields(tape, countOf(tape, packages), problems);
  const end = nextSibling(tape, packages);
  let notRead = 0;
  for (let token = packages + RECORD; token < end; token = nextSibling(tape, token)) {
    const place = folderPlaceOf(keyText(tape, token));
    const inNodeModules = place !== OUTSIDE;
    const value = valueToken(tape, token);
    if (isObject(tape, value) && !(inNodeModules && tape.unclosed.has(value))) {
      fields.add(token, place);
      continue;
    }
    if (inNodeModules) notRead++;
    if (!isObject(tape, value))
      problems.push({ message: 'an entry is an object', span: tokenSpan(tape, token) });
  }
  const list = new EntryList(fields);
  const byKey = new EntriesByKey(list);
  for (const number of byKey.repeated) {
    problems.push({
      kind: 'duplicate',
      message: `"${shownText(list.keyOf(number))}" stands twice, and npm takes the last`,
      span: tokenSpan(tape, fields.get(number, TOKEN)),
    });
  }
  return sorted(byKey, problems, notRead);
}

/**
 * The same after an edit within the value of one entry: only that one is read. Undefined where it is not as simple as it
 * nearly always is.
 */
export function editedPackages(
  { byKey, problems: before }: ReadPackages,
  tape: JsonTape,
  edited: NpmLockEntry,
  edit: TextChange,
): ReadPackages | undefined {
  if (before.length > 0) return undefined;
  const problems: LockProblem[] = [];
  const list = byKey.list.edited(edited.number, tape, problems);
  return sorted(byKey.edited(list, edit), problems, 0);
}

/** The entries by what they are for. */
function sorted(byKey: EntriesByKey, problems: readonly LockProblem[], notRead: number): ReadPackages {
  const { list } = byKey;
  const { fields } = list;
  const importers = new Map<string, LockEntry>();
  const links: NpmLockEntry[] = [];
  const installed = new Int32Array(list.length);
  let count = 0;
  for (let number = 0; number < list.length; number++) {
    if (fields.get(number, PLACE) === OUTSIDE) importers.set(list.keyOf(number), list.at(number));
    else if ((fields.get(number, FLAGS) & LINK) !== 0) links.push(list.at(number));
    else if (byKey.counts(number)) installed[count++] = number;
  }
  let entries: readonly NpmLockEntry[] | undefined;
  return {
    ...{ byKey, importers, links, count, problems, total: count + notRead },
    entries() {
      entries ??= Array.from(installed.subarray(0, count), (number) => list.at(number));
      return entries;
    },
  };
}

/** How many children the object has. */
function countOf(tape: JsonTape, object: Token): number {
  let count = 0;
  const end = nextSibling(tape, object);
  for (let token = object + RECORD; token < end; token = nextSibling(tape, token)) count++;
  return count;
}
