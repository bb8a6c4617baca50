/** Checks whether a byte string matches a pattern. */
export type WildMatch = (text: string) => boolean;

export interface WildMatchOptions {
  /** Whether A to Z match a to z. git folds no other letters. */
  readonly ignoreCase: boolean;
  /** Whether `*`, `?` and `[…]` stop at `/`, and `**` between slashes does not. */
  readonly isPath: boolean;
}

/** The members among the 256 bytes. */
type ByteSet = Uint8Array;
/** A byte, one of a set, or one of the wildcards below. */
type Token = number | ByteSet;

/** Any number of bytes within a name. */
const NAME_PART = -1;
/** Any number of bytes. */
const ANYTHING = -2;
/** A double star before a slash: anything that ends with a slash, or nothing. */
const FOLDERS = -3;

const SLASH = 0x2f;

/**
 * Compiles a pattern as git's `wildmatch` reads it; undefined if it can match nothing. Matching takes time proportional
 * to pattern and text, even if they are hostile. Source: wildmatch.c of git.
 * @param pattern a byte string (see `byteString`), because `?` matches one byte
 */
export function compileWildMatch(pattern: string, options: WildMatchOptions): WildMatch | undefined {
  const tokens = tokensOf(pattern, options);
  if (tokens === undefined) return undefined;
  return (text) => matchesTokens(tokens, options.ignoreCase ? foldCase(text) : text);
}

/** Returns the UTF-8 bytes of a text as characters from 0 to 255; an ASCII text is unchanged. */
export function byteString(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text;
  // A lone surrogate is not a character, and UTF-8 has no bytes for it.
  const whole = text.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    '\ufffd',
  );
  return encodeURIComponent(whole).replace(/%([\dA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Lowercases A to Z, as git does in the C locale. */
export function foldCase(text: string): string {
  return /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
}

function tokensOf(pattern: string, options: WildMatchOptions): readonly Token[] | undefined {
  const { ignoreCase, isPath } = options;
  const tokens: Token[] = [];
  const byteOf = (at: number) => {
    const byte = pattern.charCodeAt(at);
    return ignoreCase && byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
  };
  for (let at = 0; at < pattern.length; ) {
    switch (pattern[at]) {
      case '*': {
        const start = at;
        while (pattern[at] === '*') at++;
        const isDouble = at - start > 1;
        const isWhole =
          (start === 0 || pattern[start - 1] === '/') &&
          (at === pattern.length || pattern[at] === '/' || pattern.startsWith('\\/', at));
        if (!isPath || (isDouble && isWhole)) {
          const isFolders = isPath && pattern[at] === '/';
          tokens.push(isFolders ? FOLDERS : ANYTHING);
          if (isFolders) at++;
        } else {
          tokens.push(NAME_PART);
        }
        break;
      }
      case '?':
        tokens.push(isPath ? ANY_BUT_SLASH : ANY_BYTE);
        at++;
        break;
      case '[': {
        const read = readSet(pattern, at, options);
        if (read === undefined) return undefined;
        tokens.push(read.set);
        at = read.end;
        break;
      }
      case '\\':
        if (at + 1 === pattern.length) return undefined;
        // git folds no letter after a backslash, so that an upper-case one matches nothing.
        tokens.push(pattern.charCodeAt(at + 1));
        at += 2;
        break;
      default:
        tokens.push(byteOf(at++));
    }
  }
  return tokens;
}

const ANY_BYTE = new Uint8Array(256).fill(1);
const ANY_BUT_SLASH = ANY_BYTE.map((_, byte) => (byte === SLASH ? 0 : 1));

const CLASSES: ReadonlyMap<string, RegExp> = new Map([
  ['alnum', /[A-Za-z\d]/],
  ['alpha', /[A-Za-z]/],
  ['blank', /[ \t]/],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what the class is of.
  ['cntrl', /[\0-\x1f\x7f]/],
  ['digit', /\d/],
  ['graph', /[!-~]/],
  ['lower', /[a-z]/],
  ['print', /[ -~]/],
  ['punct', /[!-/:-@[-`{-~]/],
  ['space', /[\t-\r ]/],
  ['upper', /[A-Z]/],
  ['xdigit', /[A-Fa-f\d]/],
]);

/**
 * Reads `[…]`; undefined if nothing closes it or it names an unknown class, with which git matches nothing. If the case
 * is ignored, the text is in lower case, and git folds ranges and classes but not single members.
 */
function readSet(
  pattern: string,
  start: number,
  { ignoreCase, isPath }: WildMatchOptions,
): { readonly set: ByteSet; readonly end: number } | undefined {
  const set = new Uint8Array(256);
  let at = start + 1;
  const isNegated = pattern[at] === '!' || pattern[at] === '^';
  if (isNegated) at++;
  let before: number | undefined;
  for (let isFirst = true; isFirst || pattern[at] !== ']'; isFirst = false) {
    if (at >= pattern.length) return undefined;
    const next = pattern[at + 1];
    if (pattern[at] === '-' && before !== undefined && next !== undefined && next !== ']') {
      at += next === '\\' ? 2 : 1;
      if (at >= pattern.length) return undefined;
      addRange(set, before, pattern.charCodeAt(at++), ignoreCase);
      before = undefined;
      continue;
    }
    const close = pattern[at] === '[' && next === ':' ? pattern.indexOf(']', at + 2) : undefined;
    if (close === -1) return undefined;
    if (close !== undefined && close > at + 2 && pattern[close - 1] === ':') {
      const name = pattern.slice(at + 2, close - 1);
      const expression = CLASSES.get(name);
      if (expression === undefined) return undefined;
      for (let byte = 0; byte < 256; byte++) if (expression.test(String.fromCharCode(byte))) set[byte] = 1;
      if (ignoreCase && name === 'upper') set.fill(1, 0x61, 0x7b);
      at = close + 1;
      before = undefined;
      continue;
    }
    if (pattern[at] === '\\' && ++at >= pattern.length) return undefined;
    before = pattern.charCodeAt(at++);
    set[before] = 1;
  }
  if (isNegated) for (let byte = 0; byte < 256; byte++) set[byte] = 1 - set[byte]!;
  if (isPath) set[SLASH] = 0;
  return { set, end: at + 1 };
}

function addRange(set: ByteSet, low: number, high: number, ignoreCase: boolean): void {
  for (let byte = low; byte <= high; byte++) {
    set[byte] = 1;
    if (ignoreCase && byte >= 0x41 && byte <= 0x5a) set[byte + 0x20] = 1;
  }
}

/**
 * Backtracks to the last star and, if that cannot be extended, to the last double star: an earlier one cannot do
 * better, because whatever follows the later one is also found from an earlier place.
 */
function matchesTokens(tokens: readonly Token[], text: string): boolean {
  let token = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  let double = -1;
  let doubleAt = 0;
  for (;;) {
    const current = tokens[token];
    if (current === NAME_PART) {
      star = token++;
      starAt = at;
      continue;
    }
    if (current === ANYTHING || current === FOLDERS) {
      star = -1;
      double = token++;
      doubleAt = at;
      continue;
    }
    if (at === text.length) {
      if (current === undefined) return true;
    } else if (current !== undefined) {
      const byte = text.charCodeAt(at);
      if (typeof current === 'number' ? current === byte : current[byte] === 1) {
        token++;
        at++;
        continue;
      }
    }
    if (star !== -1 && starAt < text.length && text.charCodeAt(starAt) !== SLASH) {
      at = ++starAt;
      token = star + 1;
      continue;
    }
    if (double === -1) return false;
    star = -1;
    const slash = tokens[double] === FOLDERS ? text.indexOf('/', doubleAt) : doubleAt;
    if (slash === -1 || slash >= text.length) return false;
    at = slash + 1;
    doubleAt = at;
    token = double + 1;
  }
}
