/** A part of a text: from the first byte to before the last. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/** Larger entries, and what is that far behind in a line, are left to the parser. */
const MAX_ENTRY = 64 * 1024;
const MAX_LINE = 4096;

/**
 * Returns the part of a lockfile that has the whole entry around a place: in JSON the innermost object or list with its
 * key, in other formats the lines that belong together by their indentation. Undefined if the text is not written as tools
 * write it, so that only parsing says what belongs together.
 *
 * @param at where a version is
 */
export function entryAround(text: Buffer, at: number): Part | undefined {
  return text[firstByte(text)] === OPEN_BRACE ? jsonAround(text, at) : linesAround(text, at);
}

/**
 * Returns the part with the whole entry that a name belongs to: behind it, if it is a key, or else around it. Undefined if
 * only parsing says where it ends.
 *
 * @param at where a name is
 */
export function entryNamed(text: Buffer, at: number): Part | undefined {
  if (text[firstByte(text)] !== OPEN_BRACE) return blockAround(text, at);
  const quote = text.indexOf(QUOTE, at);
  let next = quote === -1 ? text.length : quote + 1;
  while (next < text.length && isSpace(text[next]!)) next++;
  if (text[next] !== COLON) return jsonAround(text, at);
  next++;
  while (next < text.length && isSpace(text[next]!)) next++;
  if (text[next] !== OPEN_BRACE && text[next] !== OPEN_LIST) return jsonAround(text, at);
  const first = text.indexOf(QUOTE, next);
  return first === -1 ? undefined : jsonAround(text, first + 1);
}

/** Returns the lines below the nearest line above with less indentation, with that line; the own line if it has none. */
function blockAround(text: Buffer, place: number): Part | undefined {
  const own = lineAt(text, place);
  const indent = indentOf(text, own);
  if (indent === 0 || (indent === 2 && /^ {2}\S.*:$/.test(textOf(text, own))))
    return { start: own.start, end: endOfBlock(text, own.end, indent + 1) };
  for (let at = own.start; at > 0 && own.start - at < MAX_ENTRY; ) {
    const line = lineAt(text, at - 1);
    at = line.start;
    if (!isEmpty(text, line) && indentOf(text, line) < indent)
      return { start: line.start, end: endOfBlock(text, own.end, indentOf(text, line) + 1) };
  }
  return undefined;
}

const [NEW_LINE, RETURN, SPACE, QUOTE, HASH] = [0x0a, 0x0d, 0x20, 0x22, 0x23];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];
const [BACKSLASH, COLON] = [0x5c, 0x3a];

function firstByte(text: Buffer): number {
  let at = 0;
  while (at < text.length && (isSpace(text[at]!) || text[at]! > 0x7f)) at++;
  return at;
}

function isSpace(byte: number): boolean {
  return byte === SPACE || byte === NEW_LINE || byte === RETURN || byte === 9;
}

/** Finds the object or list around a string. Outside of strings only what is JSON may be. */
function jsonAround(text: Buffer, inside: number): Part | undefined {
  const first = quoteBefore(text, inside);
  const opened = first === undefined ? undefined : openingBefore(text, first);
  if (first === undefined || opened === undefined) return undefined;
  let start = opened;
  let at = beforeSpaces(text, opened);
  if (text[at - 1] === COLON) {
    at = beforeSpaces(text, at - 1);
    const key = text[at - 1] === QUOTE ? quoteBefore(text, at - 1) : undefined;
    if (key === undefined) return undefined;
    start = key;
  }
  // A comment may have braces and quotes.
  const from = lineStart(text, opened);
  if (opened - from > MAX_LINE) return undefined;
  if (text.toString('latin1', from, opened).replace(STRING, '').includes('//')) return undefined;
  const end = closingBehind(text, first);
  return end === undefined || end - start > MAX_ENTRY ? undefined : { start, end };
}

const STRING = /"(?:[^"\\]|\\.)*"/g;

/** Returns the place of the quote that begins the string before another quote or around a place. */
function quoteBefore(text: Buffer, end: number): number | undefined {
  for (let at = end - 1; at >= 0 && end - at < MAX_ENTRY; at--) {
    if (text[at] === NEW_LINE) return undefined;
    if (text[at] !== QUOTE) continue;
    let slash = at;
    while (text[slash - 1] === BACKSLASH) slash--;
    if ((at - slash) % 2 === 0) return at;
  }
  return undefined;
}

function openingBefore(text: Buffer, from: number): number | undefined {
  let depth = 0;
  for (let at = from - 1; at >= 0 && from - at < MAX_ENTRY; at--) {
    const byte = text[at]!;
    if (byte === QUOTE) {
      const begin = quoteBefore(text, at);
      if (begin === undefined) return undefined;
      at = begin;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_LIST) depth++;
    else if (byte === OPEN_BRACE || byte === OPEN_LIST) {
      if (depth-- === 0) return at;
    } else if (!isBetween(byte)) return undefined;
  }
  return undefined;
}

/** @param from the place of a quote that begins a string */
function closingBehind(text: Buffer, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length && at - from < MAX_ENTRY; at++) {
    const byte = text[at]!;
    if (byte === QUOTE) {
      at++;
      while (at < text.length && text[at] !== QUOTE) at += text[at] === BACKSLASH ? 2 : 1;
    } else if (byte === OPEN_BRACE || byte === OPEN_LIST) depth++;
    else if (byte === CLOSE_BRACE || byte === CLOSE_LIST) {
      if (depth-- === 0) return at + 1;
    } else if (!isBetween(byte)) return undefined;
  }
  return undefined;
}

/** White space, `,`, `:`, and the letters and signs of numbers, `true`, `false` and `null`. */
const BETWEEN = new Uint8Array(256);
for (const byte of Buffer.from('\t\n\r ,:truefalsn0123456789.+-E')) BETWEEN[byte] = 1;

function isBetween(byte: number): boolean {
  return BETWEEN[byte] === 1;
}

function beforeSpaces(text: Buffer, from: number): number {
  let at = from;
  while (at > 0 && isSpace(text[at - 1]!)) at--;
  return at;
}

/** A line with a key alone, which no other line continues and no other place refers to. */
const HEADING = /^ *(?:"[^"\\]*"|[^\s:,{}[\]&*!|>%?#-][^{}#]*):$/;
/** A line that begins with a key. */
const OWN_KEY = /^ *[^\s:,{}[\]&*!|>%?#-]/;
const VERSION_LINE = /^ *["']?version["']?:? ["']?[^\s&*!|>{[]/;
const HAS_VERSION = /(?:^|[\s"'{,])version["']? *:/;
/** What says that a line is part of an object in braces, or that another place refers to it. */
const IN_OTHERS = / [#&]|[,{[]$/;

/**
 * Finds the lines around a place. A version is in the line with the name of its package, or in one for the version alone;
 * then the name is in the line above with less indentation, or in one beside it. Where YAML may be meant that no tool
 * writes, as with braces over several lines, nothing is found.
 */
function linesAround(text: Buffer, place: number): Part | undefined {
  const own = lineAt(text, place);
  const said = textOf(text, own);
  const indent = indentOf(text, own);
  // A value may be in the line behind its key.
  if (!OWN_KEY.test(said) || IN_OTHERS.test(said) || place - own.start <= indent + 1) return undefined;
  if (!VERSION_LINE.test(said))
    return HAS_VERSION.test(said)
      ? undefined
      : { start: own.start, end: endOfBlock(text, own.end, indent + 1) };
  let isNext = true;
  for (let at = own.start; at > 0 && own.start - at < MAX_ENTRY; ) {
    const line = lineAt(text, at - 1);
    at = line.start;
    if (isEmpty(text, line)) continue;
    if (isNext && IN_OTHERS.test(textOf(text, line))) return undefined;
    isNext = false;
    if (indentOf(text, line) >= indent) continue;
    const above = textOf(text, line);
    const start = above === ':' ? longKeyBefore(text, line) : HEADING.test(above) ? line.start : undefined;
    return start === undefined ? undefined : { start, end: endOfBlock(text, own.end, indent) };
  }
  return undefined;
}

/** Returns where a key begins that is so long that YAML wants a question mark before it, and its colon in the next line. */
function longKeyBefore(text: Buffer, colon: Part): number | undefined {
  if (colon.start === 0) return undefined;
  const line = lineAt(text, colon.start - 1);
  return /^\? "[^"]*"$/.test(textOf(text, line)) ? line.start : undefined;
}

/** Returns where the lines with at least some indentation end. */
function endOfBlock(text: Buffer, from: number, indent: number): number {
  let end = from;
  while (end < text.length && end - from < MAX_ENTRY) {
    const line = { start: end, end: lineEnd(text, end) };
    if (indentOf(text, line) < indent && !isEmpty(text, line)) break;
    end = line.end;
  }
  return end;
}

/** Most lines are so short that a search of the system would take longer to begin. */
const SHORT = 128;

/** Returns the line of a place, with its end. */
function lineAt(text: Buffer, at: number): Part {
  return { start: lineStart(text, at), end: lineEnd(text, at) };
}

function lineStart(text: Buffer, at: number): number {
  const least = Math.max(0, at - SHORT);
  for (let start = at; start > least; start--) if (text[start - 1] === NEW_LINE) return start;
  return least === 0 ? 0 : text.lastIndexOf(NEW_LINE, least - 1) + 1;
}

/** Returns where the line of a place ends: behind its line end. */
function lineEnd(text: Buffer, at: number): number {
  const most = Math.min(text.length, at + SHORT);
  for (let end = at; end < most; end++) if (text[end] === NEW_LINE) return end + 1;
  const end = most === text.length ? -1 : text.indexOf(NEW_LINE, most);
  return end === -1 ? text.length : end + 1;
}

/** Returns a line without its end. */
function textOf(text: Buffer, { start, end }: Part): string {
  let to = end;
  if (to > start && text[to - 1] === NEW_LINE) to -= to - 1 > start && text[to - 2] === RETURN ? 2 : 1;
  return text.toString('latin1', start, to);
}

function indentOf(text: Buffer, { start, end }: Part): number {
  let at = start;
  while (at < end && text[at] === SPACE) at++;
  return at - start;
}

/** Checks for a line without anything, or with a comment alone. */
function isEmpty(text: Buffer, line: Part): boolean {
  const first = text[line.start + indentOf(text, line)];
  return first === undefined || first === NEW_LINE || first === RETURN || first === HASH;
}
