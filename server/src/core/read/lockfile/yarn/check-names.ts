import { DEPENDENCY_SECTIONS } from '../../manifest/manifest.ts';
import {
  decodeKey,
  hasValue,
  keySpan,
  LINE,
  type LineTape,
  type LineToken,
  lineKeyIs,
} from '../../text/lines/line-tape.ts';
import type { LockProblem } from '../model/lockfile.ts';
import { shownText } from '../model/shown-text.ts';

/**
 * Finds in the blocks of entries what makes a lockfile incomplete: a duplicate name, a dependency without a specifier,
 * and a package without any entry in the lockfile, as when its end is cut off. Optional packages may have none, and
 * peers have none of their own.
 */
export function checkNames(
  tape: LineTape,
  blocks: readonly LineToken[],
  hasEntry: (name: string) => boolean,
  problems: LockProblem[],
): void {
  const { records } = tape;
  for (const block of blocks) {
    const depth = records[block + 4]! + 1;
    const needEntries = lineKeyIs(tape, block, 'dependencies');
    const needTexts = needEntries || DEPENDENCY_SECTIONS.some((name) => lineKeyIs(tape, block, name));
    let before = '';
    let seen: Set<string> | undefined;
    let inner: Set<string> | undefined;
    let dependent: string | undefined;
    for (let line = block + LINE; line < records.length && records[line + 4]! >= depth; line += LINE) {
      const name = decodeKey(tape, line);
      if (records[line + 4] !== depth) {
        if (inner?.has(name)) report('this appears twice, and Yarn takes the last', line, 'duplicate');
        inner ??= new Set();
        inner.add(name);
        continue;
      }
      inner = undefined;
      // Yarn sorts the names, so that comparing with the previous one is nearly always enough.
      if (seen === undefined && line > block + LINE && name <= before) seen = namesAbove(tape, block, line);
      if (seen?.has(name)) report('this name appears twice, and Yarn takes the last', line, 'duplicate');
      seen?.add(name);
      before = name;
      if (needTexts && !hasValue(tape, line)) report('this dependency has no version', line);
      if (needEntries && !hasEntry(name)) {
        dependent ??= dependentOf(tape, block);
        const message = `${dependent} depends on ${shownText(name)}, which is not in this file`;
        report(message, line, 'missing');
      }
    }
  }

  function report(message: string, line: LineToken, kind: LockProblem['kind'] = 'syntax'): void {
    problems.push({ kind, message, span: keySpan(tape, line) });
  }
}

function namesAbove(tape: LineTape, block: LineToken, end: LineToken): Set<string> {
  const names = new Set<string>();
  const depth = tape.records[block + 4]! + 1;
  for (let line = block + LINE; line < end; line += LINE) {
    if (tape.records[line + 4] === depth) names.add(decodeKey(tape, line));
  }
  return names;
}

/** Returns the first descriptor of the entry that contains the block. */
function dependentOf(tape: LineTape, block: LineToken): string {
  let line = block;
  while (line > 0 && tape.records[line + 4]! > 0) line -= LINE;
  const [first = ''] = decodeKey(tape, line).replaceAll('"', '').split(', ', 1);
  return shownText(first);
}
