import { endOfQuoted, endOfRegular } from '../../read/text/script-literals.ts';

/** A quoted text of a module. */
export interface ModuleString {
  /** Without its quotes, with `\x41` and `\u0041` decoded; a template with its `${…}` as written. */
  readonly value: string;
  /** The offset of its opening quote in the source. */
  readonly start: number;
  /** Its offset in the canonical code. */
  readonly at: number;
}

/** JavaScript in one form, so that a pattern need not allow for blanks, comments, kinds of quotes and split texts. */
export interface ModuleText {
  /**
   * Without comments and blanks except between two words. Quoted texts have double quotes and at most their first
   * characters; of regular expressions nothing is left.
   */
  readonly code: string;
  readonly strings: readonly ModuleString[];
  /** Returns the offset in the source of an offset in the code. */
  sourceOffset(at: number): number;
}

/** The part of a quoted text that the code has. */
const LONGEST_SHOWN = 200;
const LONGEST_STRING = 20_000;
/** Words after which a slash starts a regular expression. */
const BEFORE_REGULAR = /^(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield)$/;
const WORD = /[\w$]+/y;

/** Reads the source of a module. Never throws; each character is read once. */
export function readModuleText(source: string): ModuleText {
  const parts: string[] = [];
  const strings: ModuleString[] = [];
  /** Pairs of an offset in the code and its offset in the source, in order. */
  const places: number[] = [0, 0];
  let length = 0;
  let last = '';
  const add = (token: string, start: number) => {
    const isApart = /[\w$]$/.test(last) && /^[\w$]/.test(token);
    const text = isApart ? ` ${token}` : token;
    const known = places.length - 2;
    // One place for a few words is as good as one for each.
    const isNear = length - places[known]! < 12 && !token.startsWith('"');
    if (!isNear || source.slice(places[known + 1], start).includes('\n')) places.push(length, start);
    parts.push(text);
    length += text.length;
    last = token.length > 20 ? token.slice(-20) : token;
  };
  const addString = (from: number, end: number) => {
    let value = unescaped(source.slice(from + 1, Math.min(end, from + 1 + LONGEST_STRING)));
    let start = from;
    const before = strings.at(-1);
    // `"a" + "b"` is one text.
    if (last === '+' && before !== undefined && isString(parts.at(-2)) && value.length < LONGEST_STRING) {
      length -= parts.pop()!.length + parts.pop()!.length;
      last = '';
      strings.pop();
      ({ start } = before);
      value = before.value + value;
    }
    const shown = value.slice(0, LONGEST_SHOWN).replace(/["\n]/g, ' ');
    strings.push({ value, start, at: length });
    add(`"${shown}"`, start);
  };
  for (let at = 0; at < source.length; ) {
    const char = source[at]!;
    if (/\s/.test(char)) at++;
    else if (char === '/' && (source[at + 1] === '/' || source[at + 1] === '*')) {
      const isLine = source[at + 1] === '/';
      const end = source.indexOf(isLine ? '\n' : '*/', at + 2);
      at = end === -1 ? source.length : end + (isLine ? 1 : 2);
    } else if (char === '"' || char === "'" || char === '`') {
      const end = char === '`' ? endOfTemplate(source, at) : endOfQuoted(source, at);
      addString(at, end);
      at = end + 1;
    } else if (char === '/' && (!/[\w$)\]}"]$/.test(last) || BEFORE_REGULAR.test(last))) {
      at = endOfRegular(source, at) + 1;
      add('/ /', at);
    } else if (/[\w$]/.test(char)) {
      WORD.lastIndex = at;
      const word = WORD.exec(source)![0];
      add(word, at);
      at += word.length;
    } else {
      add(char, at);
      at++;
    }
  }
  return {
    code: parts.join(''),
    strings,
    sourceOffset(at) {
      let low = 0;
      let high = places.length / 2 - 1;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (places[middle * 2]! <= at) low = middle;
        else high = middle - 1;
      }
      return places[low * 2 + 1]!;
    },
  };
}

function isString(part: string | undefined): boolean {
  return part !== undefined && part.length > 1 && part.startsWith('"');
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:x([\da-f]{2})|u([\da-f]{4})|(n)|(t)|([^xu]))/gi,
    (all, byte?: string, unit?: string, line?: string, tab?: string, char?: string) => {
      if (line === 'n') return '\n';
      if (tab === 't') return '\t';
      if (char !== undefined) return char === '\n' ? '' : char;
      const code = byte ?? unit;
      return code === undefined ? all : String.fromCharCode(Number.parseInt(code, 16));
    },
  );
}

/** Returns the closing backquote of a template, past others within its `${…}`. */
function endOfTemplate(text: string, open: number): number {
  /** Of each template that is open, the number of its open braces; 0 in its text. */
  const braces: number[] = [0];
  let at = open + 1;
  for (; at < text.length; at++) {
    const depth = braces.length - 1;
    const char = text[at];
    if (char === '\\') at++;
    else if (braces[depth] === 0) {
      if (char === '`') {
        braces.pop();
        if (braces.length === 0) return at;
      } else if (char === '$' && text[at + 1] === '{') {
        braces[depth] = 1;
        at++;
      }
    } else if (char === '{') braces[depth]!++;
    else if (char === '}') braces[depth]!--;
    else if (char === '`') braces.push(0);
    else if (char === '"' || char === "'") at = endOfQuoted(text, at);
  }
  return text.length;
}
