import { type TextBytes, textBytes } from '../../text/text-bytes.ts';
import { shownText } from '../model/shown-text.ts';
import { LineSearch } from './line-search.ts';
import { PlainLines } from './plain-lines.ts';
import { OpenCollections } from './yaml-collections.ts';
import { scanFlow } from './yaml-flow.ts';
import {
  blockLines,
  COLON,
  DASH,
  deeperTo,
  HASH,
  indexOrLength,
  isPlainStart,
  isQuote,
  isWhite,
  isWordStart,
  NEWLINE,
  QUESTION,
  quoteEnd,
  SPACE,
} from './yaml-lexis.ts';
import { columnOfLine } from './yaml-scalar.ts';
import { NONE, type Node, RECORD, type YamlTape } from './yaml-tape.ts';
import { YamlWriter } from './yaml-writer.ts';

/**
 * Reads YAML as pnpm, Prettier and people write it in lockfiles: block style, flow collections, scalars of every kind.
 * Anchors, aliases, merge keys, tags and directives are problems. Linear in the text; never throws. Around an
 * unreadable line, everything else is kept.
 */
export function scanYaml(text: string, bytes: TextBytes = textBytes(text)): YamlTape {
  return new BlockScan(text, bytes).run();
}

/** The state of one scan. A class, because its numbers change together on every line. */
class BlockScan {
  readonly #text: string;
  readonly #writer: YamlWriter;
  readonly #open: OpenCollections;
  readonly #search: LineSearch;
  readonly #plainLines: PlainLines;
  #lineStart = 0;
  /** The end of the line, without trailing whitespace. */
  #lineEnd = 0;
  /** The start of the next line. */
  #next: number;
  /** A key after a question mark, which waits for the line with its colon. */
  #awaited: Node = NONE;
  #inDocument = false;
  /** The last comment on a line of its own. */
  #commentAt = -1;
  #conflictStart = -1;

  constructor(text: string, bytes: TextBytes) {
    this.#text = text;
    this.#writer = new YamlWriter(text, bytes);
    this.#open = new OpenCollections(this.#writer);
    this.#search = new LineSearch(text);
    this.#plainLines = new PlainLines(this.#writer, this.#open);
    this.#next = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  run(): YamlTape {
    const text = this.#text;
    const length = text.length;
    while (this.#next < length) {
      const start = this.#awaited === NONE ? this.#plainLines.scan(this.#next) : this.#next;
      this.#next = start;
      if (start >= length) break;
      if (text.charCodeAt(start) === NEWLINE) {
        this.#next++;
        continue;
      }
      const end = indexOrLength(text, '\n', start);
      this.#next = end + 1;
      let at = start;
      while (at < end && text.charCodeAt(at) === SPACE) at++;
      let contentEnd = end;
      while (contentEnd > at && isWhite(text.charCodeAt(contentEnd - 1))) contentEnd--;
      if (contentEnd === at) continue;
      const code = text.charCodeAt(at);
      if (code === HASH) {
        this.#commentAt = at;
        continue;
      }
      this.#lineStart = start;
      this.#lineEnd = contentEnd;
      if (at === start && !isWordStart(code) && this.#marker(at, code)) continue;
      if (!this.#inDocument) this.#beginDocument(at);
      this.#line(at);
    }
    if (this.#conflictStart !== -1) this.#writer.damage(this.#conflictStart, length);
    if (this.#awaited !== NONE) this.#dropAwaited();
    this.#open.closeAll();
    return this.#writer.finish();
  }

  #beginDocument(at: number): void {
    if (this.#awaited !== NONE) this.#dropAwaited();
    this.#open.addDocument(at);
    this.#inDocument = true;
  }

  /** Reads lines that begin with a marker: of documents, of directives and of merge conflicts. */
  #marker(at: number, code: number): boolean {
    const text = this.#text;
    if (code === DASH && text.startsWith('---', at) && this.#endsWord(at + 3)) {
      this.#beginDocument(at);
      const rest = this.#skipSpaces(at + 3);
      if (rest === -1) return true;
      const isFlow = text.charCodeAt(rest) === 123 || text.charCodeAt(rest) === 91;
      if (isFlow) this.#value(rest, this.#open.last, -1);
      else this.#writer.problem('a document begins on the next line', rest, this.#lineEnd);
      return true;
    }
    if (code === 46 && text.startsWith('...', at) && this.#endsWord(at + 3)) {
      if (this.#skipSpaces(at + 3) !== -1) {
        this.#writer.problem('unexpected text after the end of a document', at, this.#lineEnd);
      }
      if (!this.#inDocument) this.#writer.problem('no document stands above its end', at, this.#lineEnd);
      this.#open.closeAll();
      this.#inDocument = false;
      return true;
    }
    if (code === 37) {
      this.#writer.problem('pnpm writes no directives', at, this.#lineEnd);
      return true;
    }
    if (code === 60 && text.startsWith('<<<<<<<', at)) {
      this.#writer.problem('unresolved merge conflict', at, this.#lineEnd, this.#lineEnd, 'conflict');
      if (this.#conflictStart === -1) this.#conflictStart = at;
      return true;
    }
    if (this.#conflictStart === -1) return false;
    if (code === 62 && text.startsWith('>>>>>>>', at)) {
      this.#writer.damage(this.#conflictStart, this.#lineEnd);
      this.#conflictStart = -1;
      return true;
    }
    return text.startsWith('=======', at) || text.startsWith('|||||||', at);
  }

  /** Reads the content of a line from `start`: any number of dashes, then a member, or a scalar or part of one. */
  #line(start: number): void {
    const text = this.#text;
    let at = start;
    let code = text.charCodeAt(at);
    if (this.#awaited !== NONE && !(code === COLON && this.#endsWord(at + 1))) this.#dropAwaited();
    if (this.#continuesPlain(at)) return;
    while (code === DASH && this.#endsWord(at + 1)) {
      if (!this.#open.enter(at - this.#lineStart, true)) {
        this.#misplaced(at);
        return;
      }
      this.#open.add(this.#writer.push(at, at, at + 1));
      at = this.#skipSpaces(at + 1);
      if (at === -1) return;
      code = text.charCodeAt(at);
    }
    if (code === QUESTION && this.#endsWord(at + 1)) {
      this.#questionMark(at);
      return;
    }
    if (code === COLON && this.#endsWord(at + 1)) {
      this.#awaitedValue(at);
      return;
    }
    const colon = this.#search.keyColon(at, this.#lineEnd);
    if (colon === -1) {
      this.#valueAlone(at);
      return;
    }
    const column = at - this.#lineStart;
    if (!this.#open.enter(column, false)) {
      this.#misplaced(at);
      return;
    }
    const node = this.#writer.push(at, this.#search.keyEnd, colon + 1);
    this.#open.add(node);
    this.#writer.refuseMergeKey(node);
    const value = this.#skipSpaces(colon + 1);
    if (value !== -1) this.#value(value, node, column);
  }

  /** Reads the text at `at` as the node's value. Its continuation lines are indented deeper than `column`. */
  #value(at: number, node: Node, column: number): void {
    const text = this.#text;
    const code = text.charCodeAt(at);
    if (isWordStart(code)) {
      this.#plain(at, node);
      return;
    }
    if (isQuote(code)) {
      const end = quoteEnd(text, at, this.#lineEnd, column);
      if (end === -1) {
        this.#unclosedString(at, node, column);
        return;
      }
      this.#writer.setValue(node, at, end);
      this.#trailing(end, node);
      return;
    }
    if (code === 123 || code === 91) {
      const end = scanFlow(this.#writer, at, node, column);
      if (end < 0) {
        this.#spoilt(at, -1 - end, node);
        return;
      }
      this.#trailing(end, node);
      return;
    }
    if (code === 124 || code === 62) {
      this.#block(at, node, column);
      return;
    }
    if (!isPlainStart(code)) {
      this.#bad(`pnpm writes no value that begins with ${shownText(text.charAt(at))}`, at, node);
      return;
    }
    const isSign = code === DASH || code === QUESTION || code === COLON;
    if (isSign && this.#endsWord(at + 1)) {
      this.#bad('this cannot stand behind a key', at, node);
      return;
    }
    this.#plain(at, node);
  }

  #plain(at: number, node: Node): void {
    const end = this.#search.plainEnd(at, this.#lineEnd);
    this.#writer.setValue(node, at, end);
    if (this.#search.colonBehind(at, end) !== -1) this.#bad('a second colon stands in the line', at, node);
    else if (this.#search.hasTab(at, end)) this.#bad('a tab stands in the line', at, node);
  }

  /** Reads a multi-line text after `|` or `>`: all lines that are blank or indented deeper than `column`. */
  #block(at: number, node: Node, column: number): void {
    const text = this.#text;
    const signs = text.slice(at + 1, this.#search.plainEnd(at, this.#lineEnd));
    const digit = /\d/.exec(signs)?.[0];
    // An explicit indentation counts from the line's own, which is how it is decoded.
    const isStatedElsewhere = digit !== undefined && column !== columnOfLine(text, at);
    if (!/^[-+1-9]{0,2}$/.test(signs) || isStatedElsewhere) {
      this.#bad('pnpm writes no block text like this', at, node);
      return;
    }
    const from = Math.min(this.#next, text.length);
    const indent = digit === undefined ? undefined : column + Number(digit);
    const { next, end } = blockLines(text, from, column, indent);
    const to = signs.includes('+') ? next : end;
    this.#writer.setValue(node, at, to > from ? to : at + 1 + signs.length);
    this.#next = next;
  }

  /** Reads a line without a key: the value of a key above, or nothing readable. */
  #valueAlone(at: number): void {
    const open = this.#open;
    const column = at - this.#lineStart;
    open.leave(column, false);
    const { last } = open;
    if (last !== NONE && column > open.column && this.#writer.isOpen(last)) {
      this.#value(at, last, open.column);
      return;
    }
    if (!open.enter(column, false)) {
      this.#misplaced(at);
      return;
    }
    // Treated as a key, so that the lines below it are not assigned to its neighbor.
    open.add(this.#writer.push(at, this.#lineEnd, this.#lineEnd));
    this.#writer.problem('a key without a colon', at, this.#lineEnd);
  }

  /** Checks whether the line continues an unquoted scalar that began on a line above, and consumes it if so. */
  #continuesPlain(at: number): boolean {
    if (this.#open.column >= at - this.#lineStart) return false;
    const { last } = this.#open;
    const { records, count } = this.#writer;
    if (count !== last + RECORD || last === NONE) return false;
    const start = records[last + 2]!;
    if (records[last + 3] === start || !isPlainStart(this.#text.charCodeAt(start))) return false;
    // A comment ends the scalar.
    const valueEnd = records[last + 3]!;
    if (this.#commentAt > valueEnd || /^ +#/.test(this.#text.slice(valueEnd, valueEnd + 80))) return false;
    const end = this.#search.plainEnd(at, this.#lineEnd);
    this.#writer.setValue(last, start, end);
    if (this.#search.colonBehind(at, end) !== -1) {
      this.#bad('the line is indented deeper than the one above', at, last);
    }
    return true;
  }

  #questionMark(mark: number): void {
    const column = mark - this.#lineStart;
    if (!this.#open.enter(column, false)) {
      this.#misplaced(mark);
      return;
    }
    const at = this.#skipSpaces(mark + 1);
    const start = at === -1 ? mark : at;
    const code = this.#text.charCodeAt(start);
    const end = isQuote(code)
      ? quoteEnd(this.#text, start, this.#lineEnd, column)
      : this.#search.colonBehind(start, this.#lineEnd);
    const isWhole = isQuote(code) ? end === this.#lineEnd : isPlainStart(code) && end === -1;
    const node = this.#writer.push(start, this.#lineEnd, this.#lineEnd);
    this.#open.add(node);
    this.#writer.refuseMergeKey(node);
    if (at !== -1 && isWhole && this.#search.plainEnd(start, this.#lineEnd) === this.#lineEnd)
      this.#awaited = node;
    else this.#writer.problem('a key is not complete', mark, this.#lineEnd);
  }

  #dropAwaited(): void {
    const { records } = this.#writer;
    this.#writer.problem('a key without a value', records[this.#awaited]!, records[this.#awaited + 1]!);
    this.#awaited = NONE;
  }

  #awaitedValue(colon: number): void {
    const node = this.#awaited;
    const column = colon - this.#lineStart;
    this.#awaited = NONE;
    this.#open.leave(column, false);
    const isItsLine = node !== NONE && this.#open.column === column && this.#open.last === node;
    if (!isItsLine || !this.#writer.isOpen(node)) {
      this.#misplaced(colon);
      return;
    }
    this.#writer.setValue(node, colon + 1, colon + 1);
    // What pnpm writes after the colon begins a mapping as it would on its own line.
    const at = this.#skipSpaces(colon + 1);
    if (at !== -1) this.#line(at);
  }

  /** Returns the next non-space character of the line; -1 at its end and before a comment. */
  #skipSpaces(from: number): number {
    let at = from;
    while (at < this.#lineEnd && this.#text.charCodeAt(at) === SPACE) at++;
    return at >= this.#lineEnd || (at > from && this.#text.charCodeAt(at) === HASH) ? -1 : at;
  }

  #endsWord(at: number): boolean {
    return at >= this.#lineEnd || isWhite(this.#text.charCodeAt(at));
  }

  /** Only whitespace and a comment may follow a value with an end of its own. */
  #trailing(end: number, node: Node): void {
    if (end > this.#lineEnd) {
      const newline = indexOrLength(this.#text, '\n', end);
      this.#next = newline + 1;
      this.#lineEnd = newline;
      while (this.#lineEnd > end && isWhite(this.#text.charCodeAt(this.#lineEnd - 1))) this.#lineEnd--;
    }
    if (end === this.#lineEnd) return;
    const at = this.#skipSpaces(end);
    if (at !== -1) this.#bad('unexpected text after the value', at, node);
  }

  #unclosedString(at: number, node: Node, column: number): void {
    this.#writer.problem('a string is not closed, or has a wrong escape', at, this.#lineEnd);
    this.#spoilt(at, deeperTo(this.#text, this.#lineEnd, this.#text.length, column), node);
  }

  /** Marks a value as unreadable, with all of its lines. */
  #spoilt(at: number, end: number, node: Node): void {
    const to = Math.max(end, this.#lineEnd);
    this.#writer.setValue(node, at, to);
    this.#writer.damage(at, to);
    this.#next = Math.max(this.#next, indexOrLength(this.#text, '\n', to) + 1);
  }

  #bad(message: string, at: number, node: Node): void {
    const start = this.#writer.records[node + 2]!;
    const isEmpty = start === this.#writer.records[node + 3];
    this.#writer.setValue(node, isEmpty ? at : start, this.#lineEnd);
    this.#writer.problem(message, at, this.#lineEnd);
  }

  /** Reports a line that belongs to nothing: the enclosing node above it is damaged. */
  #misplaced(at: number): void {
    const { last } = this.#open;
    const { records } = this.#writer;
    if (last !== NONE && records[last + 2] !== records[last + 3]) records[last + 3] = this.#lineEnd;
    this.#writer.tokenEnd = this.#lineEnd;
    this.#writer.problem('the line is not indented like any above', at, this.#lineEnd);
  }
}
