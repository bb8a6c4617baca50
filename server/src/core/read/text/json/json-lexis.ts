/* Character codes and basic lexical tests of the JSON scanner. */
export const TAB = 9;
export const NEWLINE = 10;
export const RETURN = 13;
export const SPACE = 32;
export const QUOTE = 34;
export const COMMA = 44;
const SLASH = 47;
export const COLON = 58;
export const OPEN_BRACKET = 91;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;

/** Returns the offset of the character at or after `from`, or the text's length. */
export function indexOrEnd(text: string, character: string, from: number): number {
  const at = text.indexOf(character, from);
  return at === -1 ? text.length : at;
}

/** Returns the offset of the line's end: that of its "\n" or "\r\n", or the text's. */
export function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  if (newline === -1) return text.length;
  return newline > at && text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline;
}

/** Checks whether the word is a valid JSON number. */
export function isJsonNumber(word: string): boolean {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word);
}

/** Returns where a run of characters that are neither string nor punctuation ends; at least one after `at`. */
export function scalarEnd(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && !isDelimiter(text.charCodeAt(end))) end++;
  return end;
}

function isDelimiter(code: number): boolean {
  switch (code) {
    case TAB:
    case NEWLINE:
    case RETURN:
    case SPACE:
    case QUOTE:
    case COMMA:
    case SLASH:
    case COLON:
    case OPEN_BRACKET:
    case CLOSE_BRACKET:
    case OPEN_BRACE:
    case CLOSE_BRACE:
      return true;
    default:
      return false;
  }
}

/** Returns where the conflict marker that starts at `at` ends (the line's end); -1 if none starts there. */
export function conflictMarkerEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code !== 60 && code !== 61 && code !== 62 && code !== 124) return -1;
  if (at > 0 && text.charCodeAt(at - 1) !== 10) return -1;
  for (let next = at + 1; next < at + 7; next++) if (text.charCodeAt(next) !== code) return -1;
  return lineEnd(text, at);
}

/** Returns the first backslash between the offsets that starts no valid JSON escape; -1 if there is none. */
export function wrongEscapeIn(text: string, start: number, end: number): number {
  for (let at = text.indexOf('\\', start); at !== -1 && at < end; ) {
    const letter = text[at + 1]!;
    if (
      letter === 'u'
        ? !/^[\da-fA-F]{4}$/.test(text.slice(at + 2, Math.min(at + 6, end)))
        : !'"\\/bfnrt'.includes(letter)
    ) {
      return at;
    }
    at = text.indexOf('\\', at + 2);
  }
  return -1;
}

/** Returns where the comment at `at` ends; past the text's end if it is not closed, -1 if there is none. */
export function commentEnd(text: string, at: number): number {
  if (text.startsWith('//', at)) return lineEnd(text, at);
  if (!text.startsWith('/*', at)) return -1;
  const close = text.indexOf('*/', at + 2);
  return close === -1 ? text.length + 1 : close + 2;
}

/** Returns the column of `at` if it is the first token of its line; otherwise -1. */
export function columnAtLineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && (text.charCodeAt(start - 1) === SPACE || text.charCodeAt(start - 1) === TAB)) start--;
  return start === 0 || text.charCodeAt(start - 1) === NEWLINE ? at - start : -1;
}
