/** Offset of the line's end: that of its "\n" or "\r\n", or the text's. */
export function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  if (newline === -1) return text.length;
  return newline > at && text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline;
}

/** Whether the word is a number as JSON writes it. */
export function isJsonNumber(word: string): boolean {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word);
}

/** Where a run of characters that is no string and no punctuation ends; at least one behind `at`. */
export function scalarEnd(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && !isDelimiter(text.charCodeAt(end))) end++;
  return end;
}

function isDelimiter(code: number): boolean {
  switch (code) {
    case 9: // tab
    case 10: // \n
    case 13: // \r
    case 32: // space
    case 34: // "
    case 44: // ,
    case 47: // /
    case 58: // :
    case 91: // [
    case 93: // ]
    case 123: // {
    case 125: // }
      return true;
    default:
      return false;
  }
}

/** Where the conflict marker that starts at `at` ends (the line's end), -1 where none starts there. */
export function conflictMarkerEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code !== 60 && code !== 61 && code !== 62 && code !== 124) return -1;
  if (at > 0 && text.charCodeAt(at - 1) !== 10) return -1;
  for (let next = at + 1; next < at + 7; next++) if (text.charCodeAt(next) !== code) return -1;
  return lineEnd(text, at);
}

/** The first backslash between the offsets that starts no escape of JSON, else -1. */
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
