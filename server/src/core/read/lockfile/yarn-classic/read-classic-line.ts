import { NOWHERE } from '../../text/lines/line-tape.ts';
import type { LineCursor } from '../../text/lines/scan-lines.ts';

/**
 * Reads a line of a lockfile of Yarn 1, which is not YAML: `key value`, or `key:` with deeper lines below it, or at the
 * line's start a list of keys with one colon. Words need quotes if they do not start with a letter or contain a space,
 * a colon or a comma.
 */
export function readClassicLine(
  cursor: LineCursor,
  start: number,
  end: number,
  depth: number,
): string | undefined {
  const { text } = cursor;
  cursor.keyStart = start;
  cursor.valueStart = NOWHERE;
  cursor.valueEnd = NOWHERE;
  // Yarn 1 silently stops reading the file here.
  if (depth > 0 && cursor.isBehindGap) return 'an empty line stands in an entry';
  let isList = false;
  for (let at = start; ; isList = true) {
    if (!startsWord(text, at)) return 'Yarn does not write keys like this one';
    const keyEnd = wordEnd(cursor, at, end);
    if (keyEnd === NOWHERE) return 'a string is not closed';
    cursor.keyEnd = keyEnd;
    const next = cursor.skipSpaces(keyEnd, end);
    if (next >= end) return 'this line has neither a value nor a colon';
    const code = text.charCodeAt(next);
    if (code === 58) return cursor.isBlank(next + 1, end) ? undefined : 'unexpected text after the colon';
    if (code !== 44) return isList ? 'a list of keys has no colon' : readValue(cursor, next, end);
    if (depth !== 0) return 'a list of keys stands in an entry';
    at = cursor.skipSpaces(next + 1, end);
    if (at >= end) return 'a list of keys ends with a comma';
  }
}

function readValue(cursor: LineCursor, start: number, end: number): string | undefined {
  const { text } = cursor;
  const code = text.charCodeAt(start);
  const isNumber = code >= 48 && code <= 57;
  if (!isNumber && !startsWord(text, start) && !isBoolean(text, start, end)) {
    return 'Yarn does not write values like this one';
  }
  const valueEnd = wordEnd(cursor, start, end);
  if (valueEnd === NOWHERE) return 'a string is not closed';
  if (isNumber && !/^\d+$/.test(text.slice(start, valueEnd))) return 'this value needs quotes';
  if (!cursor.isBlank(valueEnd, end)) return 'unexpected text after the value';
  cursor.valueStart = start;
  cursor.valueEnd = valueEnd;
  return undefined;
}

/**
 * Checks whether a quoted or bare word starts here; `true` and `false` at the start of a bare word are not part of one.
 */
function startsWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === 34 || code === 45 || code === 47) return true;
  if (code === 116) return !text.startsWith('true', at);
  if (code === 102) return !text.startsWith('false', at);
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isBoolean(text: string, start: number, end: number): boolean {
  return /^(?:true|false) *$/.test(text.slice(start, Math.min(end, start + 100)));
}

/**
 * Returns the offset after the word: a bare one ends before a colon, a comma or a space, and Yarn quotes one that
 * contains a quote.
 */
function wordEnd(cursor: LineCursor, start: number, end: number): number {
  const { text } = cursor;
  if (text.charCodeAt(start) === 34) return cursor.stringEnd(start, end);
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 58 || code === 44) break;
    if (code === 34) return NOWHERE;
    at++;
  }
  return at;
}
