import type { LineSearch } from './line-search.ts';
import type { OpenCollections } from './yaml-collections.ts';
import { COLON, DASH, indexOrLength, isWordStart, SINGLE, SPACE } from './yaml-lexis.ts';
import { NONE } from './yaml-tape.ts';
import type { YamlWriter } from './yaml-writer.ts';

/**
 * The fast way through what pnpm writes most: lines with one more member of the innermost collection, `key: value` or
 * `- value`, both without anything special. It leaves off before any other line, which the scan then reads.
 *
 * @returns where the first line starts that it did not take.
 */
export function scanPlainLines(
  writer: YamlWriter,
  open: OpenCollections,
  search: LineSearch,
  from: number,
): number {
  const { text } = writer;
  const { column, isSequence } = open;
  let { last } = open;
  if (last === NONE || column < 0) return from;
  // A read behind the end would make V8 compile every read here for numbers that may be NaN.
  const safeEnd = text.length - column - 4;
  let start = from;
  while (start < safeEnd) {
    const at = start + column;
    const code = text.charCodeAt(at);
    if (code === SPACE || (column > 0 && text.charCodeAt(at - 1) !== SPACE)) break;
    let indent = start;
    while (indent < at && text.charCodeAt(indent) === SPACE) indent++;
    if (indent < at) break;
    const newline = text.indexOf('\n', at);
    if (newline === -1 || newline < at + 3 || text.charCodeAt(newline - 1) <= SPACE) break;
    if (!search.isPlain(at, newline)) break;
    let keyEnd = at;
    let value = at + 2;
    if (isSequence) {
      if (code !== DASH || text.charCodeAt(at + 1) !== SPACE) break;
    } else {
      if (code === SINGLE) {
        keyEnd = text.indexOf("'", at + 1) + 1;
        if (keyEnd === 0 || keyEnd >= newline || text.charCodeAt(keyEnd) !== COLON) break;
      } else {
        if (!isWordStart(code)) break;
        if (search.nextColon < at) search.nextColon = indexOrLength(text, ':', at);
        keyEnd = search.nextColon;
      }
      value = keyEnd + 2;
      // A longer key is for the scan to judge.
      if (keyEnd - at > 1000) break;
      if (value >= newline || text.charCodeAt(value - 1) !== SPACE || text.charCodeAt(keyEnd - 1) === SPACE)
        break;
    }
    const first = text.charCodeAt(value);
    if (first === SINGLE) {
      if (text.indexOf("'", value + 1) !== newline - 1 || newline - 1 === value) break;
    } else if (!isValueStart(first)) {
      break;
    } else {
      const colon = search.nextColon;
      if (search.colonBehind(value, newline) !== -1) {
        search.nextColon = colon;
        break;
      }
    }
    writer.records[last + 4] = writer.count;
    last = writer.push(at, isSequence ? at : keyEnd, value);
    writer.setValue(last, value, newline);
    open.add(last);
    start = newline + 1;
  }
  return start;
}

/** What versions and ranges begin with, where they need no quotes. */
function isValueStart(code: number): boolean {
  return isWordStart(code) || code === 94 || code === 126;
}
