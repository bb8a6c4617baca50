import {
  isObject,
  type JsonTape,
  nextSibling,
  RECORD,
  type Token,
  tokenSpan,
  valueToken,
} from '../../text/json/json-tape.ts';
import type { TextChange } from '../../text/text-change.ts';
import { keyText } from '../model/json-lock-text.ts';
import type { LockEntry, LockProblem } from '../model/lockfile.ts';
import { bundledEntries } from './bundled-entries.ts';
import { EntriesByKey } from './entries-by-key.ts';
import { EntryFields, FLAGS, LINK } from './entry-fields.ts';
import { EntryList } from './entry-list.ts';
import { standsTwice } from './entry-problems.ts';
import { folderPlaceOf, NO_NAME, nameStartIn, OUTSIDE, placeOfName } from './folder-place.ts';
import type { NpmLockEntry } from './npm-lock-entry.ts';
import { unversionedProblem } from './unversioned-entries.ts';

/** The content of `packages`. */
export interface ReadPackages {
  readonly byKey: EntriesByKey;
  readonly importers: ReadonlyMap<string, LockEntry>;
  /** The number of entries of installed packages. */
  readonly count: number;
  /** The number of them without a version that identifies what is installed. */
  readonly unversioned: number;
  /** The number of entries in `packages`, understood or not. */
  readonly total: number;
  /** npm's links to members and other folders. */
  readonly links: readonly NpmLockEntry[];
  readonly problems: readonly LockProblem[];
  /** The numbers of the entries outside of any node_modules. */
  readonly outside: readonly number[];
  /** Returns the entries of installed packages in source order, created on first use. */
  entries(): readonly NpmLockEntry[];
}

/** Reads the entries of the object in one pass, while each part of a large text is in the processor's cache. */
export function readPackages(tape: JsonTape, packages: Token): ReadPackages {
  const problems: LockProblem[] = [];
  const { records } = tape;
  const most = countOf(tape, packages);
  const fields = new EntryFields(tape, most, problems);
  const list = new EntryList(fields);
  const byKey = new EntriesByKey(list, most);
  const outside: number[] = [];
  const links: number[] = [];
  const end = nextSibling(tape, packages);
  let notRead = 0;
  for (let token = packages + RECORD; token < end; token = nextSibling(tape, token)) {
    const name = nameStartOf(tape, token);
    const place =
      name === NO_NAME ? folderPlaceOf(keyText(tape, token)) : placeOfName(records[token]! + 1, name);
    const inNodeModules = place !== OUTSIDE;
    const value = valueToken(tape, token);
    if (isObject(tape, value) && !(inNodeModules && tape.unclosed.has(value))) {
      const number = fields.add(token, place);
      if (!inNodeModules) outside.push(number);
      else if ((fields.get(number, FLAGS) & LINK) !== 0) links.push(number);
      if (byKey.add(number, name)) problems.push(standsTwice(tape, token));
      continue;
    }
    if (inNodeModules) notRead++;
    if (!isObject(tape, value))
      problems.push({ message: 'an entry must be an object', span: tokenSpan(tape, token) });
  }
  return sorted(byKey, outside, links, problems, notRead);
}

function nameStartOf({ text, records, escapedKeys }: JsonTape, key: Token): number {
  const end = records[key + 1]! - 1;
  // In a broken text the closing quote may be missing.
  if (text.charCodeAt(end) !== QUOTE || (escapedKeys.size > 0 && escapedKeys.has(key))) return NO_NAME;
  return nameStartIn(text, records[key]! + 1, end);
}

/**
 * Returns the result after an edit within the value of one entry, which alone is read again. Undefined unless the edit
 * is as simple as it nearly always is.
 */
export function editedPackages(
  { byKey, outside, links, problems: before }: ReadPackages,
  tape: JsonTape,
  edited: NpmLockEntry,
  edit: TextChange,
): ReadPackages | undefined {
  if (before.length > 0) return undefined;
  const problems: LockProblem[] = [];
  const list = byKey.list.edited(edited.number, tape, problems);
  const others = links.filter(({ number }) => number !== edited.number).map(({ number }) => number);
  // The target of a link is represented by the link.
  if (edited.isLink) return undefined;
  const isLink = edited.inNodeModules && (list.fields.get(edited.number, FLAGS) & LINK) !== 0;
  const now = isLink ? [...others, edited.number].sort((a, b) => a - b) : others;
  return sorted(byKey.edited(list, edit), outside, now, problems, 0);
}

/** Sorts the entries by their role. */
function sorted(
  byKey: EntriesByKey,
  outside: readonly number[],
  links: readonly number[],
  found: readonly LockProblem[],
  notRead: number,
): ReadPackages {
  const { list } = byKey;
  let bundled: ReadonlySet<number> | undefined;
  list.fields.bundled = () => {
    bundled ??= bundledEntries(byKey);
    return bundled;
  };
  let linked: ReadonlySet<string> | undefined;
  list.fields.linked = () => {
    linked ??= new Set(links.map((number) => list.peek(number).resolved?.value ?? ''));
    return linked;
  };
  const unversioned = unversionedProblems(byKey);
  const problems = [...found, ...unversioned];
  const importers = new Map<string, LockEntry>();
  for (const number of outside) importers.set(list.keyOf(number), list.at(number));
  const installed = (): readonly number[] => {
    const others = new Set([...outside, ...links]);
    const numbers: number[] = [];
    for (let number = 0; number < list.length; number++) {
      if (!others.has(number) && byKey.counts(number)) numbers.push(number);
    }
    return numbers;
  };
  const count = byKey.isRepeated ? installed().length : list.length - outside.length - links.length;
  let entries: readonly NpmLockEntry[] | undefined;
  return {
    ...{ byKey, outside, importers, count, problems, total: count + notRead },
    unversioned: unversioned.length,
    links: links.map((number) => list.at(number)),
    entries() {
      entries ??= installed().map((number) => list.at(number));
      return entries;
    },
  };
}

function unversionedProblems(byKey: EntriesByKey): readonly LockProblem[] {
  const { list } = byKey;
  return [...list.fields.unplainVersions]
    .filter((number) => byKey.counts(number))
    .map((number) => unversionedProblem(list.peek(number)))
    .filter((problem) => problem !== undefined);
}

const QUOTE = 34;

/** Returns the number of children of the object. */
function countOf(tape: JsonTape, object: Token): number {
  let count = 0;
  const end = nextSibling(tape, object);
  for (let token = object + RECORD; token < end; token = nextSibling(tape, token)) count++;
  return count;
}
