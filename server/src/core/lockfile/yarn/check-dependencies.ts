import {
  decodeKey,
  hasValue,
  keySpan,
  LINE,
  type LineTape,
  type LineToken,
  lineKeyIs,
} from '../../text/line-tape.ts';
import type { ParseProblem } from '../../text/problem.ts';

/**
 * Finds in blocks of dependencies what makes a lockfile no whole one: a name without a text, a name that stands twice,
 * and a package of which the lockfile has no entry at all, as when its end is cut off. Optional packages may have none,
 * and peers have none of their own.
 */
export function checkDependencies(
  tape: LineTape,
  blocks: readonly LineToken[],
  hasEntry: (name: string) => boolean,
  problems: ParseProblem[],
): void {
  const { records } = tape;
  for (const block of blocks) {
    const depth = records[block + 4]! + 1;
    const needEntries = lineKeyIs(tape, block, 'dependencies');
    let before = '';
    let seen: Set<string> | undefined;
    for (let line = block + LINE; line < records.length && records[line + 4]! >= depth; line += LINE) {
      if (records[line + 4] !== depth) continue;
      const name = decodeKey(tape, line);
      // Yarn sorts the names, so that one look at the name before nearly always tells.
      if (seen === undefined && line > block + LINE && name <= before) seen = namesAbove(tape, block, line);
      if (seen?.has(name)) report('this name stands twice, and Yarn takes the last', line);
      seen?.add(name);
      before = name;
      if (!hasValue(tape, line)) report('this dependency has no version', line);
      if (needEntries && !hasEntry(name))
        report(`${name.slice(0, 214)} is needed here, and has no entry`, line);
    }
  }

  function report(message: string, line: LineToken): void {
    problems.push({ message, span: keySpan(tape, line) });
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
