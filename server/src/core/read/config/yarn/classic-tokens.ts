import type { Span } from '../../text/span.ts';

/** A token in the grammar of Yarn 1's lockfile, which its .yarnrc shares. */
export interface ClassicToken {
  readonly type:
    | 'newline'
    | 'indent'
    | 'string'
    | 'number'
    | 'boolean'
    | 'colon'
    | 'comma'
    | 'invalid'
    | 'end';
  readonly span: Span;
  /** The content of a string, or a number or boolean as written; otherwise empty. */
  readonly text: string;
  /** For `indent`: two spaces are one level. */
  readonly depth?: number;
  /** For `invalid`: a string without its closing quote. */
  readonly isOpen?: boolean;
}

/** Returns the tokens of a text like Yarn 1's `tokenise`, without comments. Never throws; the last token is `end`. */
export function classicTokens(text: string): readonly ClassicToken[] {
  const tokens: ClassicToken[] = [];
  let isAfterNewline = false;
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at, isAfterNewline, tokens);
    if (token !== undefined) tokens.push(token);
    const start = at;
    at = token?.span.end ?? skipped(text, at);
    isAfterNewline = text[start] === '\n' || (text[start] === '\r' && text[start + 1] === '\n');
  }
  tokens.push({ type: 'end', span: { start: text.length, end: text.length }, text: '' });
  return tokens;
}

/** Undefined for skipped text: a comment, a space within a line. */
function tokenAt(
  text: string,
  at: number,
  isAfterNewline: boolean,
  before: readonly ClassicToken[],
): ClassicToken | undefined {
  const of = (type: ClassicToken['type'], end: number, content = ''): ClassicToken => ({
    ...{ type, span: { start: at, end }, text: content },
  });
  const character = text[at]!;
  switch (character) {
    case '\n':
    case '\r':
      return of('newline', text[at + 1] === '\n' ? at + 2 : at + 1);
    case '#':
      return undefined;
    case ' ': {
      if (!isAfterNewline) return undefined;
      const end = skipped(text, at);
      const size = end - at;
      return size % 2 === 1 ? of('invalid', end) : { ...of('indent', end), depth: size / 2 };
    }
    case '"':
      return quotedAt(text, at);
    case ':':
      return of('colon', at + 1);
    case ',':
      return of('comma', at + 1);
    default: {
      const [number] = matchAt(NUMBER, text, at);
      if (number !== undefined) return of('number', at + number.length, number);
      const [boolean] = matchAt(BOOLEAN, text, at);
      if (boolean !== undefined) return of('boolean', at + boolean.length, boolean);
      // Yarn stops at the colon and rejects such a file, but a registry in it is still worth checking.
      const isValue = before.at(-1)?.type === 'string' || before.at(-1)?.type === 'colon';
      const [word] = matchAt(isValue ? ADDRESS_OR_WORD : WORD, text, at);
      return word === undefined ? of('invalid', at + 1) : of('string', at + word.length, word);
    }
  }
}

const NUMBER = /\d+/y;
const BOOLEAN = /true|false/y;
const WORD = /[a-zA-Z/.-][^: \n\r,]*/y;
const ADDRESS_OR_WORD = /https?:\/\/[^ \n\r,]*|[a-zA-Z/.-][^: \n\r,]*/y;

function matchAt(pattern: RegExp, text: string, at: number): readonly (string | undefined)[] {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? [undefined];
}

function skipped(text: string, at: number): number {
  if (text[at] === '#') {
    const newline = text.indexOf('\n', at);
    return newline === -1 ? text.length : newline;
  }
  let end = at + 1;
  while (text[end] === ' ') end++;
  return end;
}

/** A string may span several lines. A quote after a single backslash does not end it. */
function quotedAt(text: string, start: number): ClassicToken {
  let at = start + 1;
  while (at < text.length && (text[at] !== '"' || (text[at - 1] === '\\' && text[at - 2] !== '\\'))) at++;
  const isOpen = at >= text.length;
  const end = Math.min(at + 1, text.length);
  try {
    const content: unknown = JSON.parse(text.slice(start, end));
    return { type: 'string', span: { start, end }, text: String(content) };
  } catch {
    // Skips only the line, so that the lines below it are read.
    const newline = text.indexOf('\n', start);
    const line = newline === -1 || newline > end ? end : newline;
    return { type: 'invalid', span: { start, end: line }, text: '', isOpen: isOpen || line < end };
  }
}
