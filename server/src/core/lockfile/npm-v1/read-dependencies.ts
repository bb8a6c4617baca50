import {
  isObject,
  type JsonTape,
  NONE,
  nextSibling,
  RECORD,
  type Token,
  tokenSpan,
  valueToken,
} from '../../text/json-tape.ts';
import { keyText } from '../json-lock-text.ts';
import type { LockProblem } from '../lockfile.ts';
import { standsTwice } from '../npm/entry-problems.ts';
import { unversionedProblem } from '../npm/unversioned-entries.ts';
import { NESTED, type NestedFields, PARENT, PROJECT, REQUIRES, TOKEN } from './nested-fields.ts';
import { NestedList } from './nested-list.ts';
import { NestedNames } from './nested-names.ts';
import type { NpmV1Entry } from './npm-v1-entry.ts';

export interface NestedDependencies {
  readonly list: NestedList;
  readonly names: NestedNames;
  /** The numbers of the entries of all levels, in the order of the text. */
  readonly numbers: readonly number[];
  /** How many stand in the text, understood or not. */
  readonly total: number;
  /** How many of the entries have no version that says what is installed. */
  readonly unversioned: number;
  readonly recordsEdges: boolean;
  /** All of them. */
  entries(): readonly NpmV1Entry[];
}

/**
 * Reads `dependencies` and those nested in them; what cannot be read is left out and appended to `problems`.
 * @param dependencies an object, or `NONE`
 */
export function readDependencies(
  tape: JsonTape,
  dependencies: Token,
  problems: LockProblem[],
): NestedDependencies {
  const list = new NestedList(tape, problems);
  const { fields } = list;
  const ended: number[] = [];
  let unread = 0;
  let recordsEdges = false;

  // The scan ends at 500 levels, so this calls itself at most half as often.
  const read = (object: Token, parent: number) => {
    const end = nextSibling(tape, object);
    for (let token = object + RECORD; token < end; token = nextSibling(tape, token)) {
      const value = valueToken(tape, token);
      if (!isObject(tape, value)) {
        problems.push({ message: 'an entry must be an object', span: tokenSpan(tape, token) });
        unread++;
        continue;
      }
      const entry = fields.add(token, parent);
      recordsEdges ||= fields.get(entry, REQUIRES) !== NONE;
      // An entry that does not end may lack anything; what is nested in it and ends is whole.
      if (tape.unclosed.size > 0 && tape.unclosed.has(value)) unread++;
      else ended.push(entry);
      const nested = fields.get(entry, NESTED);
      if (nested !== NONE) read(nested, entry);
    }
  };
  if (dependencies !== NONE) read(dependencies, PROJECT);

  const names = new NestedNames(fields);
  let hasDuplicates = false;
  for (const entry of ended) {
    if (!names.add(entry)) continue;
    hasDuplicates = true;
    problems.push(standsTwice(tape, fields.get(entry, TOKEN)));
  }
  const numbers = hasDuplicates ? ended.filter((entry) => isKept(fields, names, entry)) : ended;
  let unversioned = 0;
  const { unplainVersions } = fields;
  for (const entry of unplainVersions.size === 0 ? [] : numbers) {
    if (!unplainVersions.has(entry)) continue;
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

/** Whether no later entry of the same name takes the place of this one, or of one that it is nested in. */
function isKept(fields: NestedFields, names: NestedNames, entry: number): boolean {
  for (let at = entry; at !== PROJECT; at = fields.get(at, PARENT)) {
    const last = names.find(fields.get(at, PARENT), keyText(fields.tape, fields.get(at, TOKEN)));
    if (last !== -1 && last !== at) return false;
  }
  return true;
}
