import type { FoundImport, ImportKind, ScannedImports } from './imports.ts';
import { commentImports } from './scan-comment.ts';
import { lineEnd, nonSpace, regularExpressionEnd, stringEnd, WORD } from './script-tokens.ts';

/** What the token before a slash says about it: after an operand it divides, after anything else a regular expression starts. */
const OPERAND = 1;
const OPERATOR = 0;

/** Keywords that an expression follows. */
const BEFORE_EXPRESSION: ReadonlySet<string> = new Set([
  ...[
    'return',
    'typeof',
    'case',
    'delete',
    'void',
    'throw',
    'new',
    'in',
    'of',
    'do',
    'else',
    'yield',
    'await',
  ],
  ...['instanceof', 'extends', 'default', 'import', 'export', 'from'],
]);
const BEFORE_CONDITION: ReadonlySet<string> = new Set(['if', 'while', 'for', 'with']);
const MOCKS: ReadonlySet<string> = new Set(['jest', 'vi', 'vitest', 'rstest']);
const MOCKING =
  /^\s*\.\s*(?:mock|unmock|doMock|doUnmock|dontMock|setMock|requireActual|requireMock|importActual|importMock|createMockFromModule|genMockFromModule|unstable_mockModule|unstable_unmockModule)\s*(?:<[^;{}]{0,150}?>)?\s*\(/;
/** The beginning of an argument that computes a path of a file. */
const PATH_EXPRESSION =
  /^(?:await\s+)?(?:new\s+URL\b|(?:url\.)?pathToFileURL\b|(?:path|posix|Path)\s*\.|(?:join|resolve|resolvePath|joinPath)\s*\(|__dirname|__filename|import\.meta\.(?:url|dirname)|process\.cwd)/;

type Brace = 'block' | 'tried' | 'template';

/** Scans JavaScript or TypeScript, with JSX or without, for imports. Nothing is parsed, and nothing ever throws. */
export function scanScript(text: string): ScannedImports {
  const scan = new ScriptScan(text);
  scan.run();
  return scan.result();
}

class ScriptScan {
  readonly #text: string;
  readonly #imports: FoundImport[] = [];
  readonly #computed: string[] = [];
  readonly #declared: string[] = [];
  readonly #comments: number[] = [];
  #isModule = false;
  readonly #braces: Brace[] = [];
  /** For each open parenthesis, whether a condition is in it: a regular expression may follow. */
  readonly #parens: boolean[] = [];
  #at = 0;
  #before = OPERATOR;
  #word = '';
  #afterDot = false;
  #tried = 0;
  #pending: ImportKind | undefined;
  #isUnsure = false;

  constructor(text: string) {
    this.#text = text;
  }

  result(): ScannedImports {
    if (this.#braces.length > 0) this.#isUnsure = true;
    if (this.#isUnsure) this.#addMentions();
    return {
      imports: this.#imports,
      computed: this.#computed,
      declared: this.#declared,
      comments: this.#comments,
      isModule: this.#isModule,
      isUnsure: this.#isUnsure,
    };
  }

  run(): void {
    const text = this.#text;
    const { length } = text;
    if (text.startsWith('#!')) this.#at = lineEnd(text, 0);
    while (this.#at < length) {
      const code = text.charCodeAt(this.#at);
      if (code <= 32) {
        this.#at++;
      } else if (code > 127 || WORD[code] === 1) {
        this.#readWord();
      } else {
        this.#readSign(code);
      }
    }
  }

  #readSign(code: number): void {
    switch (code) {
      case 47: // slash
        this.#readSlash();
        return;
      case 34: // "
      case 39: // '
        this.#readString(code);
        return;
      case 96: // `
        this.#at++;
        this.#readTemplate();
        return;
      case 123: // {
        this.#braces.push(this.#word === 'try' ? 'tried' : 'block');
        if (this.#braces.at(-1) === 'tried') this.#tried++;
        this.#sign(OPERATOR, true);
        return;
      case 125: // }
        this.#closeBrace();
        return;
      case 40: // (
        this.#parens.push(BEFORE_CONDITION.has(this.#word));
        this.#sign(OPERATOR, false);
        return;
      case 41: // )
        this.#sign(this.#parens.pop() === true ? OPERATOR : OPERAND, false);
        return;
      case 93: // ]
        this.#sign(OPERAND, false);
        return;
      case 46: // .
        this.#at++;
        this.#afterDot = this.#text.charCodeAt(this.#at) !== 46;
        while (this.#text.charCodeAt(this.#at) === 46) this.#at++;
        this.#word = '';
        this.#before = OPERATOR;
        this.#pending = undefined;
        return;
      case 42: // *
      case 44: // ,
        this.#sign(OPERATOR, true);
        return;
      case 43: // + and - may be postfix
      case 45:
        if (this.#text.charCodeAt(this.#at + 1) === code) {
          this.#at += 2;
          return;
        }
        this.#sign(OPERATOR, false);
        return;
      default:
        this.#sign(OPERATOR, false);
    }
  }

  /** Passes one sign. Only braces, commas and stars may stand between `import` and `from`. */
  #sign(before: number, keepsPending: boolean): void {
    this.#at++;
    this.#before = before;
    this.#word = '';
    this.#afterDot = false;
    if (!keepsPending) this.#pending = undefined;
  }

  #closeBrace(): void {
    const brace = this.#braces.pop();
    if (brace === undefined) this.#isUnsure = true;
    if (brace === 'tried') this.#tried--;
    if (brace === 'template') {
      this.#at++;
      this.#readTemplate();
      return;
    }
    this.#sign(OPERATOR, true);
    this.#word = '}';
  }

  #readSlash(): void {
    const text = this.#text;
    const next = text.charCodeAt(this.#at + 1);
    if (next === 47) {
      const end = lineEnd(text, this.#at);
      this.#comment(end);
      return;
    }
    if (next === 42) {
      const close = text.indexOf('*/', this.#at + 2);
      if (close === -1) this.#isUnsure = true;
      this.#comment(close === -1 ? text.length : close + 2);
      return;
    }
    const isMarkup =
      (text.charCodeAt(this.#at - 1) === 60 && next !== 32) ||
      (next === 62 && (this.#before === OPERAND || this.#word === '}'));
    if (this.#before === OPERATOR && !isMarkup) {
      const end = regularExpressionEnd(text, this.#at);
      if (end !== -1) {
        this.#at = end;
        this.#before = OPERAND;
        this.#word = '';
        this.#afterDot = false;
        this.#pending = undefined;
        return;
      }
    }
    this.#sign(OPERATOR, false);
  }

  /** Passes a comment, which changes nothing for the tokens around it. */
  #comment(end: number): void {
    const isTyped = this.#text.charCodeAt(this.#at + 2);
    if (isTyped === 42 || isTyped === 47 || isTyped === 32) {
      const comment = this.#text.slice(this.#at, end);
      for (const { specifier, offset, kind } of commentImports(comment))
        this.#imports.push({ specifier, kind, offset: this.#at + offset, isOptional: false });
    }
    this.#comments.push(this.#at, end);
    this.#at = end;
  }

  #readString(quote: number): void {
    const start = this.#at;
    const end = stringEnd(this.#text, start, quote);
    if (end === -1) {
      // An apostrophe in the text of JSX, or a broken file.
      this.#isUnsure = true;
      this.#sign(OPERATOR, false);
      return;
    }
    const kind = this.#pending;
    const isSource = kind !== undefined && (this.#word === 'from' || this.#word === 'import');
    if (isSource) this.#add(start + 1, end - 1, kind);
    if (this.#word === 'module') this.#declare(start + 1, end - 1);
    this.#at = end;
    this.#before = OPERAND;
    this.#word = '';
    this.#afterDot = false;
    if (isSource) this.#pending = undefined;
  }

  #readTemplate(): void {
    const text = this.#text;
    for (let at = this.#at; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 92) at++;
      else if (code === 96) {
        this.#at = at + 1;
        this.#before = OPERAND;
        this.#word = '';
        this.#afterDot = false;
        this.#pending = undefined;
        return;
      } else if (code === 36 && text.charCodeAt(at + 1) === 123) {
        this.#braces.push('template');
        this.#at = at + 1;
        this.#sign(OPERATOR, false);
        return;
      }
    }
    this.#isUnsure = true;
    this.#at = text.length;
  }

  #readWord(): void {
    const text = this.#text;
    const start = this.#at;
    let at = start + 1;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code < 128 && WORD[code] === 0) break;
      if (code === 0x2028 || code === 0x2029 || code === 0xa0) break;
    }
    const word = text.slice(start, at);
    const previous = this.#word;
    const wasAfterDot = this.#afterDot;
    this.#at = at;
    // Members may be called like keywords.
    this.#word = wasAfterDot ? '' : word;
    this.#afterDot = false;
    this.#before = !wasAfterDot && BEFORE_EXPRESSION.has(word) ? OPERATOR : OPERAND;
    if (wasAfterDot) {
      // Other objects may have a function of that name that loads something else.
      if (word === 'require') this.#readCall('value', at, text.slice(start - 7, start) !== 'module.');
      return;
    }
    if (BEFORE_CONDITION.has(word)) this.#before = OPERATOR;
    if (word === 'import') this.#readImport(previous);
    else if (word === 'export') this.#readExport();
    else if (word === 'require' || word.endsWith('equire')) this.#readRequire(at);
    else if (MOCKS.has(word)) this.#readMock(at);
  }

  #readExport(): void {
    const next = this.#text.slice(this.#at, this.#at + 40);
    if (this.#braces.length === 0) this.#isModule = true;
    this.#pending = EXPORTING.test(next) ? exportKind(next) : undefined;
  }

  #readImport(previous: string): void {
    const text = this.#text;
    const next = nonSpace(text, this.#at);
    const code = text.charCodeAt(next);
    if (code === 40) {
      this.#readCall(previous === 'typeof' ? 'type' : 'value', this.#at);
      return;
    }
    if (code === 46) {
      if (text.startsWith('meta.resolve', next + 1)) this.#readCall('resolve', next + 13);
      return;
    }
    if (this.#braces.length === 0) this.#isModule = true;
    this.#pending = IMPORTING_TYPES.test(text.slice(next, next + 60)) ? 'type' : 'value';
  }

  #readRequire(at: number): void {
    const text = this.#text;
    let next = nonSpace(text, at);
    if (text.startsWith('?.', next)) next = nonSpace(text, next + 2);
    if (text.startsWith('.resolve', next)) {
      next = nonSpace(text, next + 8);
      if (text.startsWith('.paths', next)) return;
      this.#readCall('resolve', next);
      return;
    }
    // `require<typeof import("x")>("x")`
    if (text.charCodeAt(next) === 60) {
      const close = text.slice(next, next + 300).indexOf('>(');
      if (close !== -1) next += close + 1;
    }
    this.#readCall('value', next);
  }

  #readMock(at: number): void {
    const call = MOCKING.exec(this.#text.slice(at, at + 200));
    if (call !== null) this.#readCall('mock', at + call[0].length - 1);
  }

  /** Reads the first argument of a call whose parenthesis is next. Its tokens are read again by the scan. */
  #readCall(kind: ImportKind, from: number, isOptional = false): void {
    const text = this.#text;
    const open = nonSpace(text, from);
    if (text.charCodeAt(open) !== 40) return;
    const start = nonSpace(text, open + 1);
    const quote = text.charCodeAt(start);
    if (quote === 34 || quote === 39 || quote === 96) {
      const end = stringEnd(text, start, quote);
      if (end === -1) return;
      const literal = text.slice(start + 1, end - 1);
      const hole = quote === 96 ? literal.indexOf('${') : -1;
      const after = text.charCodeAt(nonSpace(text, end));
      if (hole === -1 && (after === 41 || after === 44)) {
        const isType = kind === 'value' && after === 41 && isTypePosition(text, nonSpace(text, end) + 1);
        // The second argument of `require.resolve` says from where.
        const isElsewhere = kind === 'resolve' && after === 44;
        const isLoose = isOptional || isElsewhere;
        this.#add(start + 1, end - 1, isType && this.#word === 'import' ? 'type' : kind, isLoose);
        return;
      }
      const prefix = hole === -1 ? literal : literal.slice(0, hole);
      if (kind !== 'mock' && !/^[./]/.test(prefix)) this.#computed.push(prefix);
      return;
    }
    // The declaration of a function of that name, or a call without arguments.
    if (quote === 41 || kind === 'mock') return;
    const argument = text.slice(start, start + 80);
    if (!PATH_EXPRESSION.test(argument) && !DECLARATION.test(argument)) this.#computed.push('');
  }

  #add(start: number, end: number, kind: ImportKind, isOptional = false): void {
    const specifier = this.#text.slice(start, end);
    this.#imports.push({ specifier, kind, offset: start, isOptional: isOptional || this.#tried > 0 });
  }

  #declare(start: number, end: number): void {
    this.#declared.push(this.#text.slice(start, end));
  }

  /** Adds all that looks like an import where the scan may have lost its place. */
  #addMentions(): void {
    const known = new Set(this.#imports.map(({ offset }) => offset));
    for (const match of this.#text.matchAll(MENTION)) {
      const specifier = match[2]!;
      const offset = match.index + match[0].length - specifier.length - 1;
      if (!known.has(offset)) this.#imports.push({ specifier, kind: 'mention', offset, isOptional: true });
    }
  }
}

const EXPORTING = /^\s*(?:type\s*)?[{*]/;
const IMPORTING_TYPES = /^(?:type|typeof)\s*(?:[{*]|(?!from\b)[\w$]+\s*(?:,|from\b))/;
/** The parameters of a function, as in `require(id: string)` and `require(id) {`. */
const DECLARATION = /^[\w$]+\s*(?:\?\s*)?:|^[\w$]+(?:\s*,\s*[\w$]+)*\s*\)\s*\{/;
const MENTION = /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*(["'])([^"'\n]{1,200})\1/g;

function exportKind(next: string): ImportKind {
  return /^\s*type\b/.test(next) ? 'type' : 'value';
}

/** Checks whether a member of a module is named as TypeScript does in types: `import("x").Name`. */
function isTypePosition(text: string, at: number): boolean {
  return text.charCodeAt(at) === 46 && /[A-Z]/.test(text[at + 1] ?? '');
}
