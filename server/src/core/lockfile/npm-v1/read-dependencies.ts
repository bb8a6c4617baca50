import {
  decodeString,
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
import { shownText } from '../shown-text.ts';
import { NpmV1Entry } from './npm-v1-entry.ts';

export interface NestedDependencies {
  /** What stands at the top, by folder. */
  readonly top: ReadonlyMap<string, NpmV1Entry>;
  /** All of all levels, in the order of the text. */
  readonly entries: readonly NpmV1Entry[];
  /** How many stand in the text, understood or not. */
  readonly total: number;
  readonly recordsEdges: boolean;
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
  const top = new Map<string, NpmV1Entry>();
  const entries: NpmV1Entry[] = [];
  let unread = 0;
  let recordsEdges = false;
  let hasDuplicates = false;

  // The scan ends at 500 levels, so this calls itself at most half as often.
  const read = (object: Token, parent: NpmV1Entry | undefined, siblings: Map<string, NpmV1Entry>) => {
    const end = nextSibling(tape, object);
    for (let token = object + RECORD; token < end; token = nextSibling(tape, token)) {
      const folder = keyText(tape, token);
      const value = valueToken(tape, token);
      if (!isObject(tape, value)) {
        problems.push({ message: 'an entry is an object', span: tokenSpan(tape, token) });
        unread++;
        continue;
      }
      const entry = new NpmV1Entry(tape, token, folder, parent);
      if (entry.malformed !== NONE) {
        problems.push({ message: 'this value has the wrong type', span: tokenSpan(tape, entry.malformed) });
      }
      if (entry.repeated !== NONE) {
        const message = `"${decodeString(tape, entry.repeated)}" stands twice, and npm takes the last`;
        problems.push({ kind: 'duplicate', message, span: tokenSpan(tape, entry.repeated) });
      }
      recordsEdges ||= entry.recordsEdges;
      // An entry that does not end may lack anything; what is nested in it and ends is whole.
      if (tape.unclosed.has(value)) unread++;
      else {
        const before = siblings.size;
        siblings.set(folder, entry);
        if (siblings.size === before) {
          hasDuplicates = true;
          problems.push({
            kind: 'duplicate',
            message: `"${shownText(folder)}" stands twice, and npm takes the last`,
            span: tokenSpan(tape, token),
          });
        }
        entries.push(entry);
      }
      if (entry.nestedToken === NONE) continue;
      entry.nested = new Map();
      read(entry.nestedToken, entry, entry.nested);
    }
  };
  if (dependencies !== NONE) read(dependencies, undefined, top);

  const kept = hasDuplicates ? entries.filter((entry) => isKept(top, entry)) : entries;
  return { top, entries: kept, total: kept.length + unread, recordsEdges };
}

/** Whether no later entry of the same name takes the place of this one, or of one that it is nested in. */
function isKept(top: NestedDependencies['top'], entry: NpmV1Entry): boolean {
  for (let at: NpmV1Entry | undefined = entry; at !== undefined; at = at.parent) {
    const last: NpmV1Entry | undefined = (at.parent === undefined ? top : at.parent.nested)?.get(at.folder);
    if (last !== undefined && last !== at) return false;
  }
  return true;
}
