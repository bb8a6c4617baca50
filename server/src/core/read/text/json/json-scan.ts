import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  columnAtLineStart,
  commentEnd,
  conflictMarkerEnd,
  indexOrEnd,
  isJsonNumber,
  lineEnd,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  RETURN,
  SPACE,
  scalarEnd,
  TAB,
  wrongEscapeIn,
} from './json-lexis.ts';
import {
  type JsonProblem,
  type JsonProblemKind,
  type JsonScanOptions,
  type JsonTape,
  RECORD,
  type Token,
} from './json-tape.ts';
import {
  COLON_NEXT,
  DONE,
  FIRST,
  ITEM,
  MAX_DEPTH,
  PlainJsonScan,
  SEPARATOR,
  VALUE,
} from './plain-json-scan.ts';

/**
 * Scans any text into a tape, in linear time; never throws. An incomplete text gives an incomplete tape. A tape without
 * problems is a JSON text (except that control characters other than line breaks are accepted in its strings).
 */
export function scanJson(text: string, options: JsonScanOptions = {}): JsonTape {
  return new JsonScan(text, options).run();
}

const MAX_PROBLEMS = 100;

/** The slow part of a scan, for any text. */
class JsonScan extends PlainJsonScan {
  readonly #trustIndentation: boolean;
  readonly #problems: JsonProblem[] = [];
  readonly #escapedKeys = new Set<Token>();
  readonly #unclosed = new Set<Token>();
  /** For each open container, the column of the first token of the line that it begins on. */
  readonly #columns = new Int32Array(MAX_DEPTH);
  #lineColumn = 0;

  constructor(text: string, options: JsonScanOptions) {
    super(text, options.lenient === true);
    this.#trustIndentation = options.trustIndentation === true;
  }

  run(): JsonTape {
    const text = this.text;
    const length = text.length;
    for (;;) {
      if (this.isLatin && this.depth > 0 && this.expects !== VALUE && !this.#trustIndentation)
        this.plainMembers();
      // A read past the end would make V8 compile every read here for numbers that may be NaN.
      let at = this.at;
      let code = SPACE;
      while (at < length) {
        code = text.charCodeAt(at);
        if (code > SPACE || (code !== SPACE && code !== NEWLINE && code !== RETURN && code !== TAB)) break;
        at++;
      }
      this.at = at;
      if (at >= length) break;
      if (this.#trustIndentation && this.#repairByIndentation(code)) continue;
      if (this.expects === DONE) {
        if (this.#comment() || this.#conflictMarker()) continue;
        this.#problem('syntax', 'unexpected text after the end', at, lineEnd(text, at));
        break;
      }
      if (code === QUOTE) this.#string();
      else if (code === COLON) this.#colon();
      else if (code === COMMA) this.#comma();
      else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
        if (!this.#open(code)) break;
      } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) this.#closingBracket(code);
      else if (!this.#comment() && !this.#conflictMarker()) this.#scalar();
    }
    return this.#finish();
  }

  #finish(): JsonTape {
    const length = this.text.length;
    if (this.depth > 0)
      this.#problem('syntax', 'the text ends before its brackets are closed', length, length);
    else if (this.count === 0) this.#problem('syntax', 'there is no value', 0, length);
    while (this.depth > 0) this.#close(Math.min(this.at, length), false);
    return {
      text: this.text,
      isLatin: this.isLatin,
      records: this.records,
      end: this.count,
      problems: this.#problems,
      escapedKeys: this.#escapedKeys,
      unclosed: this.#unclosed,
    };
  }

  #string(): void {
    const text = this.text;
    const start = this.at;
    if (this.nextNewline < start) this.nextNewline = indexOrEnd(text, '\n', start);
    if (this.nextBackslash < start) this.nextBackslash = indexOrEnd(text, '\\', start);
    let quote = text.indexOf('"', start + 1);
    const escaped = this.nextBackslash < quote;
    while (this.nextBackslash < quote) {
      if (this.nextBackslash + 1 === quote) quote = text.indexOf('"', quote + 1);
      this.nextBackslash = indexOrEnd(text, '\\', this.nextBackslash + 2);
    }
    let end = quote + 1;
    if (quote === -1 || quote > this.nextNewline) {
      end = this.nextNewline;
      if (text.charCodeAt(end - 1) === RETURN) end--;
      this.#problem('syntax', 'a string is not closed', start, end);
    } else if (escaped) {
      const wrong = wrongEscapeIn(text, start + 1, quote);
      if (wrong !== -1) this.#problem('syntax', 'this escape is unknown', wrong, wrong + 2);
    }
    if (this.expects === SEPARATOR || this.expects === COLON_NEXT) {
      if (this.expects === SEPARATOR) this.#problem('syntax', 'a comma is missing', start, end);
      else this.#missingValue();
      this.expects = ITEM;
    }
    this.at = end;
    if (!this.inObject || this.expects === VALUE) {
      this.#pushScalar(start, end);
      return;
    }
    if (escaped) this.#escapedKeys.add(this.count);
    this.#push(start, end);
    if (end < text.length && text.charCodeAt(end) === COLON) {
      this.expects = VALUE;
      this.at = end + 1;
      if (end + 2 < text.length && text.charCodeAt(end + 1) === SPACE) {
        this.at = end + 2;
        if (text.charCodeAt(end + 2) === QUOTE) this.#string();
      }
    } else this.expects = COLON_NEXT;
  }

  #colon(): void {
    const afterValue = this.expects === SEPARATOR && this.inObject;
    if (this.expects === COLON_NEXT || (afterValue && this.#turnIntoKey())) this.expects = VALUE;
    else this.#problem('syntax', 'this colon follows no key', this.at, this.at + 1);
    this.at++;
  }

  #comma(): void {
    if (this.expects === COLON_NEXT || this.expects === VALUE) this.#missingValue();
    else if (this.expects !== SEPARATOR)
      this.#problem('syntax', 'this comma separates nothing', this.at, this.at + 1);
    this.lastComma = this.at;
    this.expects = ITEM;
    this.at++;
  }

  /** Returns false at the depth limit, which ends the scan. */
  #open(code: number): boolean {
    const start = this.at;
    if (this.depth === MAX_DEPTH) {
      this.#problem('depth', `this is nested more than ${MAX_DEPTH} levels deep`, start, start + 1);
      return false;
    }
    if (this.expects === SEPARATOR) this.#problem('syntax', 'a comma is missing', start, start + 1);
    else if (this.expects === COLON_NEXT) this.#problem('syntax', 'a colon is missing', start, start + 1);
    if (this.inObject && this.expects !== VALUE && this.expects !== COLON_NEXT) {
      this.#problem('syntax', 'a key is missing', start, start + 1);
      this.#push(start, start);
    }
    this.stack[this.depth] = this.count;
    this.#columns[this.depth] = this.#lineColumn;
    this.depth++;
    this.#push(start, this.text.length);
    this.inObject = code === OPEN_BRACE;
    this.expects = FIRST;
    this.at++;
    return true;
  }

  #closingBracket(code: number): void {
    const start = this.at;
    this.at++;
    if (this.depth === 0 || (code === CLOSE_BRACE) !== this.inObject) {
      this.#problem('syntax', 'this bracket closes nothing', start, start + 1);
      return;
    }
    if (this.expects === COLON_NEXT || this.expects === VALUE) this.#missingValue();
    else if (this.expects === ITEM && !this.lenient) {
      this.#problem(
        'trailing-comma',
        'a comma stands before a closing bracket',
        this.lastComma,
        this.lastComma + 1,
      );
    }
    this.#close(this.at, true);
  }

  #comment(): boolean {
    const start = this.at;
    const end = commentEnd(this.text, start);
    if (end === -1) return false;
    this.at = Math.min(end, this.text.length);
    if (end > this.text.length) this.#problem('syntax', 'a comment is not closed', start, start + 2);
    else if (!this.lenient) this.#problem('comment', 'JSON has no comments', start, end);
    return true;
  }

  #conflictMarker(): boolean {
    const end = conflictMarkerEnd(this.text, this.at);
    if (end === -1) return false;
    this.#problem('conflict', 'unresolved merge conflict', this.at, end);
    this.at = end;
    // Either side may end with or without a comma.
    if (this.expects === SEPARATOR || this.expects === ITEM) this.expects = FIRST;
    return true;
  }

  #scalar(): void {
    const text = this.text;
    const start = this.at;
    const end = scalarEnd(text, start);
    const word = text.slice(start, end);
    const valid = word === 'true' || word === 'false' || word === 'null' || isJsonNumber(word);
    const expected = this.expects === VALUE || (!this.inObject && this.expects !== SEPARATOR);
    if (!valid || !expected) this.#problem('syntax', 'this is neither a key nor a value', start, end);
    this.at = end;
    if (expected) this.#pushScalar(start, end);
  }

  #push(start: number, end: number): void {
    const at = this.count;
    if (at + RECORD > this.records.length) {
      const larger = new Int32Array(this.records.length * 2);
      larger.set(this.records);
      this.records = larger;
    }
    const records = this.records;
    records[at] = start;
    records[at + 1] = end;
    records[at + 2] = at + RECORD;
    this.count = at + RECORD;
  }

  #pushScalar(start: number, end: number): void {
    this.#push(start, end);
    if (this.inObject) this.records[this.count - 2 * RECORD + 2] = this.count;
    if (this.depth === 0) this.expects = DONE;
    else if (end < this.text.length && this.text.charCodeAt(end) === COMMA) {
      this.lastComma = end;
      this.expects = ITEM;
      this.at = end + 1;
    } else this.expects = SEPARATOR;
  }

  /** Closes the innermost container. Its key, if it has one, is right before it. */
  #close(end: number, isFinished: boolean): void {
    const records = this.records;
    const container = this.stack[--this.depth]!;
    if (!isFinished) this.#unclosed.add(container);
    records[container + 1] = end;
    records[container + 2] = this.count;
    this.inObject =
      this.depth > 0 && this.text.charCodeAt(records[this.stack[this.depth - 1]!]!) === OPEN_BRACE;
    if (this.inObject) records[container - RECORD + 2] = this.count;
    this.expects = this.depth === 0 ? DONE : SEPARATOR;
  }

  #missingValue(): void {
    const key = this.count - RECORD;
    this.#problem('syntax', 'a value is missing', this.records[key]!, this.records[key + 1]!);
  }

  /**
   * Handles `"a":` followed, on the next line, by `"b": 1`: the string read as the value of a is a key, and a has no
   * value.
   */
  #turnIntoKey(): boolean {
    const value = this.count - RECORD;
    const key = value - RECORD;
    const records = this.records;
    const isString = this.text.charCodeAt(records[value]!) === QUOTE;
    if (!isString || records[key + 2] !== this.count) return false;
    this.#problem('syntax', 'a value is missing', records[key]!, records[key + 1]!);
    records[key + 2] = value;
    if (this.text.slice(records[value]!, records[value + 1]!).includes('\\')) this.#escapedKeys.add(value);
    return true;
  }

  /** Returns true if it skipped the current token. */
  #repairByIndentation(code: number): boolean {
    const column = columnAtLineStart(this.text, this.at);
    if (column === -1) return false;
    this.#lineColumn = column;
    const at = this.at;
    const closing = code === CLOSE_BRACE || code === CLOSE_BRACKET;
    if (closing && this.depth > 0 && column > this.#columns[this.depth - 1]!) {
      this.#problem('syntax', 'this bracket closes nothing', at, at + 1);
      this.at++;
      return true;
    }
    if (!closing && code !== QUOTE) return false;
    while (this.depth > 1) {
      const own = this.#columns[this.depth - 1]!;
      const indented = own > this.#columns[this.depth - 2]!;
      if (closing ? column >= own : column > own || !indented) break;
      this.#problem('syntax', 'a closing bracket is missing', at, at + 1);
      this.#close(at, false);
    }
    return false;
  }

  #problem(kind: JsonProblemKind, message: string, start: number, end: number): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push({ kind, message, span: { start, end } });
  }
}
