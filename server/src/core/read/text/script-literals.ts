/** Where literals of JavaScript end, by the offset of the character that opens them. */

/** Returns the closing quote, or the end of the line. */
export function endOfQuoted(text: string, open: number): number {
  const quote = text[open];
  let at = open + 1;
  while (at < text.length && text[at] !== quote && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length);
}

/** Returns the closing slash of a regular expression, or the end of the line. */
export function endOfRegular(text: string, open: number): number {
  let isClass = false;
  let at = open + 1;
  for (; at < text.length && text[at] !== '\n' && (isClass || text[at] !== '/'); at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '[') isClass = true;
    else if (text[at] === ']') isClass = false;
  }
  return at;
}
