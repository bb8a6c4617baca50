import { NOWHERE } from '../../text/lines/line-tape.ts';
import { EXPLICIT_KEY, type LineCursor } from '../../text/lines/scan-lines.ts';

/** The longest key that YAML allows without a question mark before it. */
const LONGEST_KEY = 1024;

/**
 * Reads a line of the YAML that Yarn 2 and later write: `key: value`, `key:`, or `? key` with the colon on the next
 * line (keys of over 1,024 characters). Keys and values are plain or in double quotes, also in single ones as people
 * write them. Any other YAML is reported as unreadable, because Yarn never writes it.
 */
export function readBerryLine(cursor: LineCursor, start: number, end: number): string | undefined {
  const { text } = cursor;
  const isExplicit = text.charCodeAt(start) === 63 && text.charCodeAt(start + 1) === 32;
  const keyStart = isExplicit ? cursor.skipSpaces(start + 2, end) : start;
  const keyEnd = keyEndOf(cursor, keyStart, end, isExplicit);
  if (typeof keyEnd === 'string') return keyEnd;
  cursor.keyStart = keyStart;
  cursor.keyEnd = keyEnd;
  cursor.valueEnd = NOWHERE;
  if (isExplicit) {
    cursor.valueStart = EXPLICIT_KEY;
    return cursor.isBlank(keyEnd, end) ? undefined : 'unexpected text after the key';
  }
  const colon = cursor.skipSpaces(keyEnd, end);
  if (colon >= end || text.charCodeAt(colon) !== 58) return 'a colon is missing after the key';
  if (colon - keyStart > LONGEST_KEY) return 'a key of over 1,024 characters needs a question mark';
  if (colon + 1 < end && !isSpace(text.charCodeAt(colon + 1))) return 'a space is missing after the colon';
  if (cursor.isBlank(colon + 1, end)) {
    cursor.valueStart = NOWHERE;
    return undefined;
  }
  return readValue(cursor, cursor.skipSpaces(colon + 1, end), end);
}

function readValue(cursor: LineCursor, start: number, end: number): string | undefined {
  const { text } = cursor;
  cursor.valueStart = start;
  const code = text.charCodeAt(start);
  if (code === 34 || code === 39) {
    cursor.valueEnd = code === 34 ? cursor.stringEnd(start, end) : singleQuotedEnd(text, start, end);
    if (cursor.valueEnd === NOWHERE) return 'a string is not closed';
    return cursor.isBlank(cursor.valueEnd, end) ? undefined : 'unexpected text after the value';
  }
  if (!startsPlain(text, start, end)) return 'Yarn does not write values like this one';
  let last = end;
  for (let hash = cursor.hashes.from(start); hash < last; hash = cursor.hashes.from(hash + 1)) {
    if (isSpace(text.charCodeAt(hash - 1))) last = hash;
  }
  while (isSpace(text.charCodeAt(last - 1))) last--;
  for (let colon = cursor.colons.from(start); colon < last; colon = cursor.colons.from(colon + 1)) {
    if (colon + 1 === last || isSpace(text.charCodeAt(colon + 1))) return 'a colon stands in the value';
  }
  cursor.valueEnd = last;
  return undefined;
}

/** Returns the offset after the key, or why there is none. */
function keyEndOf(cursor: LineCursor, start: number, end: number, isExplicit: boolean): number | string {
  const { text } = cursor;
  const code = text.charCodeAt(start);
  if (code === 34 || code === 39) {
    const close = code === 34 ? cursor.stringEnd(start, end) : singleQuotedEnd(text, start, end);
    return close === NOWHERE ? 'a string is not closed' : close;
  }
  if (start >= end || !startsPlain(text, start, end)) return 'Yarn does not write keys like this one';
  if (isExplicit) return 'a key behind a question mark has quotes';
  let colon = cursor.colons.from(start);
  while (colon + 1 < end && !isSpace(text.charCodeAt(colon + 1))) colon = cursor.colons.from(colon + 1);
  if (colon >= end) return 'a colon is missing after the key';
  for (let hash = cursor.hashes.from(start); hash < colon; hash = cursor.hashes.from(hash + 1)) {
    if (isSpace(text.charCodeAt(hash - 1))) return 'a colon is missing after the key';
  }
  let keyEnd = colon;
  while (text.charCodeAt(keyEnd - 1) === 32) keyEnd--;
  return keyEnd > start ? keyEnd : 'a colon stands without a key';
}

/**
 * Checks whether a plain scalar may start here: with none of YAML's indicators, or with one not followed by a space.
 */
function startsPlain(text: string, start: number, end: number): boolean {
  const code = text.charCodeAt(start);
  switch (code) {
    case 45: // -
    case 58: // :
    case 63: // ?
      return start + 1 < end && !isSpace(text.charCodeAt(start + 1));
    case 9: // tab
    case 33: // !
    case 35: // #
    case 37: // %
    case 38: // &
    case 42: // *
    case 44: // ,
    case 62: // >
    case 64: // @
    case 91: // [
    case 93: // ]
    case 96: // `
    case 123: // {
    case 124: // |
    case 125: // }
      return false;
    default:
      return true;
  }
}

function singleQuotedEnd(text: string, start: number, end: number): number {
  for (let at = start + 1; at < end; at++) {
    if (text.charCodeAt(at) !== 39) continue;
    if (at + 1 < end && text.charCodeAt(at + 1) === 39) at++;
    else return at + 1;
  }
  return NOWHERE;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9;
}
