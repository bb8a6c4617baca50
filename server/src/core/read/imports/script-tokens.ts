/** By ASCII code: 1 for characters of identifiers. */
export const WORD = new Uint8Array(128);
for (let code = 0; code < 128; code++) WORD[code] = /[\w$]/.test(String.fromCharCode(code)) ? 1 : 0;

/** Returns where the next token starts, behind space and comments. */
export function nonSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (text.charCodeAt(at) <= 32) at++;
    if (text.startsWith('//', at)) at = lineEnd(text, at);
    else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      at = end === -1 ? text.length : end + 2;
    } else return at;
  }
}

/** Returns the offset of the next newline, or the end of the text. */
export function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/** Returns the offset behind the closing quote; -1 if the line, or for a template the text, ends before. */
export function stringEnd(text: string, start: number, quote: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === 92) at += text.charCodeAt(at + 1) === 13 && text.charCodeAt(at + 2) === 10 ? 2 : 1;
    else if (code === 10 && quote !== 96) return -1;
  }
  return -1;
}

/** Returns the offset behind a regular expression and its flags; -1 if the line ends before. */
export function regularExpressionEnd(text: string, start: number): number {
  let isInClass = false;
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) return -1;
    if (code === 92) at++;
    else if (code === 91) isInClass = true;
    else if (code === 93) isInClass = false;
    else if (code === 47 && !isInClass) {
      let end = at + 1;
      while (end < text.length && text.charCodeAt(end) < 128 && WORD[text.charCodeAt(end)] === 1) end++;
      return end;
    }
  }
  return -1;
}
