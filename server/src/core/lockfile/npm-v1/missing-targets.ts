import { isString, type JsonTape, NONE, RECORD, tokenSpan } from '../../text/json-tape.ts';
import { NameTable } from '../../text/name-table.ts';
import { keyText } from '../json-lock-text.ts';
import type { LockProblem } from '../lockfile.ts';
import { shownText } from '../shown-text.ts';
import type { NestedDependencies } from './read-dependencies.ts';
import { resolveNested } from './resolve-nested.ts';

const MOST_PROBLEMS = 100;

/**
 * Packages that `requires` names and that are not in the file, as when somebody removed an entry: npm 5 and 6 wrote
 * there what they had found. Of optional and bundled packages nothing is said, as parts of those may be left out.
 */
export function findMissingTargets(
  tape: JsonTape,
  { top, entries }: Pick<NestedDependencies, 'top' | 'entries'>,
): readonly LockProblem[] {
  const { records } = tape;
  const problems: LockProblem[] = [];
  const outermost = new NameTable(tape.text, top.size);
  for (const { keyToken } of top.values()) outermost.add(records[keyToken]! + 1, records[keyToken + 1]! - 1);
  const isEscaped = tape.escapedKeys.size > 0;
  for (const entry of entries) {
    if (entry.requiresToken === NONE || entry.optional || entry.bundled) continue;
    const end = records[entry.requiresToken + 2]!;
    for (let key = entry.requiresToken + RECORD; key < end; key = records[key + 2]!) {
      // Nearly all are at the top. An escaped key is none that stands there as it is written.
      if (!isEscaped && outermost.has(records[key]! + 1, records[key + 1]! - 1)) continue;
      if (records[key + 2] === key + RECORD || !isString(tape, key + RECORD)) continue;
      const name = keyText(tape, key);
      if (top.has(name) || resolveNested(top, entry, name) !== undefined) continue;
      if (problems.length === MOST_PROBLEMS) return problems;
      const dependent = shownText(
        `${entry.name}${entry.version === undefined ? '' : `@${entry.version.value}`}`,
      );
      const message = `${dependent} depends on ${shownText(name)}, which is not in this file`;
      problems.push({ kind: 'missing', message, span: tokenSpan(tape, key) });
    }
  }
  return problems;
}
