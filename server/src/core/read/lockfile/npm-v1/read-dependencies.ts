import {
  isObject,
  type JsonTape,
  NONE,
  nextSibling,
  RECORD,
  type Token,
  tokenSpan,
  valueToken,
} from '../../text/json/json-tape.ts';
import { keyText } from '../model/json-lock-text.ts';
import type { LockProblem } from '../model/lockfile.ts';
import { standsTwice } from '../npm/entry-problems.ts';
import { unversionedProblem } from '../npm/unversioned-entries.ts';
import { NESTED, type NestedFields, PARENT, PROJECT, REQUIRES, TOKEN } from './nested-fields.ts';
import { NestedList } from './nested-list.ts';
import { NestedNames } from './nested-names.ts';
import type { NpmV1Entry } from './npm-v1-entry.ts';

export interface NestedDependencies {
  readonly list: NestedList;
  readonly names: NestedNames;
  /** The numbers of the entries of all levels, in source order. */
  readonly numbers: readonly number[];
  /** The number of entries in the text, understood or not. */
  readonly total: number;
  /** The number of entries without a version that identifies what is installed. */
  readonly unversioned: number;
  readonly recordsEdges: boolean;
  /** Returns all of them. */
  entries(): readonly NpmV1Entry[];
}

/**
 * Reads `dependencies` and those nested in them; unreadable entries are skipped and added to `problems`.
 * @param dependencies an object, or `NONE`
 * @param options `inFolders`: packages below a link to a folder are those in the folder, once for all links to it
 */
export function readDependencies(
  tape: JsonTape,
  dependencies: Token,
  problems: LockProblem[],
  { inFolders }: { readonly inFolders: boolean },
): NestedDependencies {
  const list = new NestedList(tape, problems);
  const { fields, folders } = list;
  const ended: number[] = [];
  let unread = 0;
  let recordsEdges = false;

  // The scan ends at 500 levels, so this recurses at most half as deep.
  const read = (object: Token, writtenIn: number, parent: number) => {
    const end = nextSibling(tape, object);
    for (let token = object + RECORD; token < end; token = nextSibling(tape, token)) {
      const value = valueToken(tape, token);
      if (!isObject(tape, value)) {
        problems.push({ message: 'an entry must be an object', span: tokenSpan(tape, token) });
        unread++;
        continue;
      }
      const entry = fields.add(token, parent);
      if (parent !== writtenIn) folders.writeIn(writtenIn, entry);
      recordsEdges ||= fields.get(entry, REQUIRES) !== NONE;
      // An unclosed entry may lack anything; a nested one that is closed is complete.
      if (tape.unclosed.size > 0 && tape.unclosed.has(value)) unread++;
      else ended.push(entry);
      const nested = fields.get(entry, NESTED);
      const place = inFolders ? folders.placeOf(entry) : entry;
      if (nested !== NONE) read(nested, entry, place);
    }
  };
  if (dependencies !== NONE) read(dependencies, PROJECT, PROJECT);

  let names = new NestedNames(fields);
  let hasDuplicates = false;
  for (const entry of ended) {
    const earlier = folders.size === 0 ? -1 : names.find(fields.get(entry, PARENT), nameOf(fields, entry));
    if (!names.add(entry)) continue;
    hasDuplicates = true;
    if (!isSameOfOtherLink(list, earlier, entry)) problems.push(standsTwice(tape, fields.get(entry, TOKEN)));
  }
  const numbers = hasDuplicates ? ended.filter((entry) => isKept(list, names, entry)) : ended;
  if (folders.size > 0) {
    if (hasDuplicates) {
      // Packages below an ineffective link are not in its folder.
      names = new NestedNames(fields);
      for (const entry of numbers) names.add(entry);
    }
    folders.settle(numbers, names);
  }
  let unversioned = 0;
  const { unplainVersions, mistyped } = fields;
  for (const entry of unplainVersions.size === 0 ? [] : numbers) {
    if (!unplainVersions.has(entry) || mistyped.has(entry)) continue;
    const problem = unversionedProblem(list.at(entry));
    if (problem === undefined) continue;
    problems.push(problem);
    unversioned++;
  }
  let entries: readonly NpmV1Entry[] | undefined;
  return {
    ...{ list, names, numbers, recordsEdges, unversioned, total: numbers.length + unread },
    entries() {
      entries ??= numbers.map((entry) => list.at(entry));
      return entries;
    },
  };
}

/** Checks that no later entry of the same name replaces this one, or one that it is nested in. */
function isKept({ fields, folders }: NestedList, names: NestedNames, entry: number): boolean {
  for (let at = entry; at !== PROJECT; at = folders.writtenParent(at)) {
    const last = names.find(fields.get(at, PARENT), nameOf(fields, at));
    if (last !== -1 && last !== at) return false;
  }
  return true;
}

/** Checks whether both have the same content and are written below two links to one folder, as npm 5 and 6 do. */
function isSameOfOtherLink({ fields, folders }: NestedList, earlier: number, later: number): boolean {
  if (earlier === -1 || folders.writtenParent(earlier) === folders.writtenParent(later)) return false;
  const [a, b] = [earlier, later].map((entry) => valueText(fields, entry));
  return a !== undefined && a === b;
}

/** Returns the content of an entry regardless of its indentation; undefined if it is broken. */
function valueText(fields: NestedFields, entry: number): string | undefined {
  const { tape } = fields;
  const { start, end } = tokenSpan(tape, valueToken(tape, fields.get(entry, TOKEN)));
  try {
    return JSON.stringify(JSON.parse(tape.text.slice(start, end)));
  } catch {
    return undefined;
  }
}

function nameOf(fields: NestedFields, entry: number): string {
  return keyText(fields.tape, fields.get(entry, TOKEN));
}
