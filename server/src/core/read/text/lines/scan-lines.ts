import { oddCharacters } from '../json/control-characters.ts';
import { conflictMarkerEnd } from '../json/json-lexis.ts';
import { ForwardSearch } from './forward-search.ts';
import { LINE, type LineProblem, type LineTape, NOWHERE } from './line-tape.ts';

/** Between a key and what must follow on the next line: YAML's `? key` above `: value`. */
export const EXPLICIT_KEY = -2;

/**
 * Reads the line from its first non-space character to its end: sets the cursor's four offsets, or explains for a
 * message why it cannot. A line that opens a block has `NOWHERE` as its value.
 */
export type ReadLine = (cursor: LineCursor, start: number, end: number, depth: number) => string | undefined;

const RETURN = 13;
const SPACE = 32;
const HASH = 35;
const COLON = 58;
const MAX_PROBLEMS = 100;

/** The state that a format's own line reader works on. */
export class LineCursor {
  readonly text: string;
  keyStart = 0;
  keyEnd = 0;
  valueStart = NOWHERE;
  valueEnd = NOWHERE;
  /** Whether the line follows an empty line or a comment at the start of a line. */
  isBehindGap = false;
  readonly colons: ForwardSearch;
  readonly hashes: ForwardSearch;
  readonly #quotes: ForwardSearch;
  readonly #backslashes: ForwardSearch;
  readonly #tabs: ForwardSearch;

  constructor(text: string) {
    this.text = text;
    this.colons = new ForwardSearch(text, ':');
    this.hashes = new ForwardSearch(text, '#');
    this.#quotes = new ForwardSearch(text, '"');
    this.#backslashes = new ForwardSearch(text, '\\');
    this.#tabs = new ForwardSearch(text, '\t');
  }

  /**
   * Returns the offset after the closing quote of the string that starts at `at`; `NOWHERE` if the line has none or it
   * is not valid JSON.
   */
  stringEnd(at: number, end: number): number {
    const quote = this.#quotes.from(at + 1);
    if (quote >= end) return NOWHERE;
    if (this.#backslashes.from(at + 1) > quote && this.#tabs.from(at + 1) > quote) return quote + 1;
    let close = at + 1;
    while (close < end && this.text.charCodeAt(close) !== 34)
      close += this.text.charCodeAt(close) === 92 ? 2 : 1;
    return close < end && isJson(this.text.slice(at, close + 1)) ? close + 1 : NOWHERE;
  }

  /** Returns the first non-space character from `at`; `end` if there is none. */
  skipSpaces(at: number, end: number): number {
    let next = at;
    while (next < end && this.text.charCodeAt(next) === SPACE) next++;
    return next;
  }

  /** Checks whether the range has nothing but spaces and a comment. */
  isBlank(at: number, end: number): boolean {
    const next = this.skipSpaces(at, end);
    return next >= end || (this.text.charCodeAt(next) === HASH && next > at);
  }
}

/** Scans a text of lines that are indented by two spaces for each depth; in linear time, never throws. */
export function scanLines(text: string, readLine: ReadLine): LineTape {
  return new LineScan(text, readLine).run();
}

/** The state of one scan. A class, because its many numbers change together. */
class LineScan {
  readonly #text: string;
  readonly #readLine: ReadLine;
  readonly #cursor: LineCursor;
  readonly #problems: LineProblem[] = [];
  #records: Int32Array;
  #count = 0;
  #lostBlocks = 0;
  /** The maximum depth of the next line. */
  #maxDepth = 0;
  /** The depth of an unreadable line, until a line at most as deep follows. */
  #deadDepth = NOWHERE;
  #deadHasChildren = false;
  /** Whether an unreadable line was directly below the last readable one. */
  #hasDeadChild = false;

  constructor(text: string, readLine: ReadLine) {
    this.#text = text;
    this.#readLine = readLine;
    this.#cursor = new LineCursor(text);
    this.#records = new Int32Array(LINE * (64 + Math.ceil(text.length / 30)));
  }

  run(): LineTape {
    const text = this.#text;
    const length = text.length;
    let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    while (at < length) {
      let next = text.indexOf('\n', at);
      if (next === -1) next = length;
      const end = next > at && text.charCodeAt(next - 1) === RETURN ? next - 1 : next;
      let start = at;
      while (start < end && text.charCodeAt(start) === SPACE) start++;
      if (start < end && text.charCodeAt(start) !== HASH) {
        this.#line(at, start, end);
        this.#cursor.isBehindGap = false;
      } else if (start === at || start === end) this.#cursor.isBehindGap = true;
      at = next + 1;
    }
    this.#dropExplicitKey();
    this.#closeBlock(0);
    this.#problems.push(...oddCharacters(text));
    return {
      text,
      records: this.#records.slice(0, this.#count),
      problems: this.#problems,
      lostBlocks: this.#lostBlocks,
    };
  }

  #line(lineStart: number, start: number, end: number): void {
    const column = start - lineStart;
    if (column === 0 && conflictMarkerEnd(this.#text, start) !== -1) {
      this.#problem('unresolved merge conflict', start, end, 'conflict');
      return;
    }
    const depth = (column + 1) >> 1;
    if (this.#deadDepth !== NOWHERE) {
      if (depth > this.#deadDepth) {
        if (this.#deadDepth === 0 && !this.#deadHasChildren) this.#lostBlocks++;
        this.#deadHasChildren = true;
        return;
      }
      this.#deadDepth = NOWHERE;
    }
    if (this.#finishExplicitKey(start, end, depth)) return;
    this.#dropExplicitKey();
    this.#closeBlock(depth);
    const isMisplaced = (column & 1) !== 0 || depth > this.#maxDepth;
    const message = isMisplaced
      ? 'this line is indented wrongly'
      : this.#readLine(this.#cursor, start, end, depth);
    if (message !== undefined) {
      this.#problem(message, start, end);
      this.#die(depth);
      return;
    }
    this.#push(depth);
    this.#maxDepth = this.#cursor.valueStart < 0 ? depth + 1 : depth;
  }

  /** Checks whether the line is the colon that belongs to the `? key` above it. */
  #finishExplicitKey(start: number, end: number, depth: number): boolean {
    const record = this.#count - LINE;
    if (!this.#isExplicitKey(record) || this.#records[record + 4] !== depth) return false;
    if (this.#text.charCodeAt(start) !== COLON || !this.#cursor.isBlank(start + 1, end)) return false;
    this.#records[record + 2] = NOWHERE;
    this.#maxDepth = depth + 1;
    return true;
  }

  #dropExplicitKey(): void {
    const record = this.#count - LINE;
    if (!this.#isExplicitKey(record)) return;
    this.#problem('this key has no colon', this.#records[record]!, this.#records[record + 1]!);
    this.#count = record;
    this.#maxDepth = this.#records[record + 4]!;
  }

  #isExplicitKey(record: number): boolean {
    return record >= 0 && this.#records[record + 2] === EXPLICIT_KEY;
  }

  /** A block without any line was truncated. */
  #closeBlock(depth: number): void {
    const record = this.#count - LINE;
    if (record < 0 || this.#hasDeadChild) return;
    if (this.#records[record + 2]! >= 0 || depth > this.#records[record + 4]!) return;
    this.#problem('nothing stands below this', this.#records[record]!, this.#records[record + 1]!);
  }

  #die(depth: number): void {
    this.#deadDepth = depth;
    this.#deadHasChildren = false;
    if (this.#count > 0 && depth > this.#records[this.#count - LINE + 4]!) this.#hasDeadChild = true;
    this.#maxDepth = Math.min(this.#maxDepth, depth);
  }

  #push(depth: number): void {
    if (this.#count + LINE > this.#records.length) {
      const grown = new Int32Array(this.#records.length * 2);
      grown.set(this.#records);
      this.#records = grown;
    }
    const records = this.#records;
    const { keyStart, keyEnd, valueStart, valueEnd } = this.#cursor;
    records[this.#count] = keyStart;
    records[this.#count + 1] = keyEnd;
    records[this.#count + 2] = valueStart;
    records[this.#count + 3] = valueEnd;
    records[this.#count + 4] = depth;
    this.#count += LINE;
    this.#hasDeadChild = false;
  }

  #problem(message: string, start: number, end: number, kind: LineProblem['kind'] = 'syntax'): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push({ kind, message, span: { start, end } });
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
