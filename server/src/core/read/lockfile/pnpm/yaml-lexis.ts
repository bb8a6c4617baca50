/* Character codes and basic lexical tests of the YAML scanners. */
const TAB = 9;
export const NEWLINE = 10;
export const RETURN = 13;
export const SPACE = 32;
export const HASH = 35;
export const SINGLE = 39;
const DOUBLE = 34;
export const COMMA = 44;
export const DASH = 45;
export const COLON = 58;
export const QUESTION = 63;
export const OPEN_BRACKET = 91;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;

/** Checks for whitespace within a line, including the CR of "\r\n". */
export function isWhite(code: number): boolean {
  return code === SPACE || code === TAB || code === RETURN;
}

export function isQuote(code: number): boolean {
  return code === SINGLE || code === DOUBLE;
}

/** Checks for letters and digits, which begin nearly every key and value. */
export function isWordStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
}

/** Checks whether an unquoted scalar may begin with it; for `-`, `?` and `:` that depends on what follows. */
export function isPlainStart(code: number): boolean {
  if (isWordStart(code) || code > 127) return code !== 0xfeff;
  return code > SPACE && !INDICATORS.includes(String.fromCharCode(code));
}

const INDICATORS = '[]{},&*!|>%@`#\'"';

/** Returns the offset of `sought` at or after `from`, or the text's length. */
export function indexOrLength(text: string, sought: string, from: number): number {
  const at = text.indexOf(sought, from);
  return at === -1 ? text.length : at;
}

/**
 * Returns the end of the last line that is blank or indented deeper than `column`: from the line of `from`, which is
 * not checked, up to the line of `to`. A column of -1 matches only blank lines.
 */
export function deeperTo(text: string, from: number, to: number, column: number): number {
  let end = indexOrLength(text, '\n', from);
  while (end < to) {
    let at = end + 1;
    while (at < text.length && text.charCodeAt(at) === SPACE) at++;
    const code = at < text.length ? text.charCodeAt(at) : NEWLINE;
    const isBlank = code === NEWLINE || (code === RETURN && text.charCodeAt(at + 1) === NEWLINE);
    if (!isBlank && at - end - 1 <= column) return end;
    end = indexOrLength(text, '\n', at);
  }
  return end;
}

/**
 * Finds the lines after `from`, the start of a line, that are blank or indented deeper than `column` and at least as
 * deep as the first of them: where the next line starts, and where the last non-blank one ends; `from` itself if there
 * is none.
 */
export function blockLines(
  text: string,
  from: number,
  column: number,
  indent?: number,
): { readonly next: number; readonly end: number } {
  let end = from;
  let next = from;
  let least = indent ?? column + 1;
  while (next < text.length) {
    let at = next;
    while (at < text.length && text.charCodeAt(at) === SPACE) at++;
    const newline = indexOrLength(text, '\n', at);
    const isBlank = at === newline || (text.charCodeAt(at) === RETURN && at + 1 === newline);
    if (!isBlank && at - next < least) break;
    if (!isBlank && end === from && indent === undefined) least = at - next;
    if (!isBlank) end = text.charCodeAt(newline - 1) === RETURN ? newline - 1 : newline;
    next = newline + 1;
  }
  return { next: Math.min(next, text.length), end };
}

/**
 * Returns the offset after the closing quote of the string at `at`; -1 if there is none before the first line indented
 * no deeper than `column`, or if the string has an escape unknown to YAML. `lineEnd` is that of the line of `at`.
 */
export function quoteEnd(text: string, at: number, lineEnd: number, column: number): number {
  const isSingle = text.charCodeAt(at) === SINGLE;
  const quote = isSingle ? "'" : '"';
  let known = lineEnd;
  for (let close = text.indexOf(quote, at + 1); close !== -1; close = text.indexOf(quote, close + 1)) {
    if (close >= known) {
      known = deeperTo(text, known, close, column);
      if (known < close) return -1;
    }
    if (isSingle) {
      if (close + 1 >= text.length || text.charCodeAt(close + 1) !== SINGLE) return close + 1;
      close++;
    } else {
      let before = close - 1;
      while (before > at && text.charCodeAt(before) === 92) before--;
      if ((close - before) % 2 === 1) return hasWrongEscape(text, at, close) ? -1 : close + 1;
    }
  }
  return -1;
}

function hasWrongEscape(text: string, start: number, end: number): boolean {
  const inside = text.slice(start + 1, end);
  if (!inside.includes('\\')) return false;
  const rest = inside.replace(ESCAPES, '');
  return rest.includes('\\');
}

const ESCAPES =
  /\\(?:[0abtnvfreNLP_ \t"/\\]|\r?\n|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4})/g;

/** Checks whether a key differs from the text between its quotes. */
export function isEscapedKey(text: string, start: number, end: number): boolean {
  const code = text.charCodeAt(start);
  if (code === SINGLE) return text.indexOf("'", start + 1) !== end - 1;
  return code === DOUBLE && text.slice(start + 1, end - 1).includes('\\');
}
