import { byteClass, WIDE } from '../../text/text-bytes.ts';
import { isQuote } from './yaml-lexis.ts';
import { NONE, type Node } from './yaml-tape.ts';
import type { YamlWriter } from './yaml-writer.ts';

/** The number of values saved for a collection while one inside of it is the innermost. */
const KEPT = 5;

/** The block collections that are open at one line of a text. The outermost holds the documents. */
export class OpenCollections {
  /** The column of the innermost collection's members. */
  column = -1;
  /** Its last member, `NONE` before the first. */
  last: Node = NONE;
  isSequence = false;
  readonly #writer: YamlWriter;
  /** The node that it is the value of. */
  #owner: Node = NONE;
  /** A bit for each initial character of its keys; all bits if its keys are not known to be distinct. */
  #beginnings = 0;
  /** The enclosing collections, outermost first: column, owner, last member, whether a sequence, beginnings. */
  readonly #outer: number[] = [];
  /** The length of the used part of `#outer`. */
  #kept = 0;

  constructor(writer: YamlWriter) {
    this.#writer = writer;
  }

  /** Makes the collection whose members are in this column the innermost; false if there can be none. */
  enter(column: number, isSequence: boolean): boolean {
    const isSame = this.column === column && this.isSequence === isSequence;
    if (!isSame) this.leave(column, isSequence);
    const { last } = this;
    if (this.column === column && this.isSequence === isSequence) {
      this.#writer.records[last + 4] = this.#writer.count;
      return true;
    }
    // The items of a sequence may be in the same column as the key that they are the value of.
    const isBelow = column > this.column || (isSequence && this.column === column);
    if (!isBelow || last === NONE || !this.#writer.isOpen(last)) return false;
    const outer = this.#outer;
    const at = this.#kept;
    outer[at] = this.column;
    outer[at + 1] = this.#owner;
    outer[at + 2] = last;
    outer[at + 3] = this.isSequence ? 1 : 0;
    outer[at + 4] = this.#beginnings;
    this.#kept = at + KEPT;
    this.column = column;
    this.#owner = last;
    this.last = NONE;
    this.isSequence = isSequence;
    this.#beginnings = 0;
    return true;
  }

  /** Closes the collections that a line in this column is not part of. */
  leave(column: number, isSequence: boolean): void {
    while (this.column > column || (this.column === column && !isSequence && this.isSequence)) this.#close();
  }

  /** Closes all collections, and begins a document. */
  addDocument(at: number): void {
    this.closeAll();
    this.last = this.#writer.push(at, at, at);
    this.#writer.documents.push(this.last);
  }

  closeAll(): void {
    while (this.#kept > 0) this.#close();
    if (this.last !== NONE) this.#writer.records[this.last + 4] = this.#writer.count;
  }

  /** Makes the node the last member of the innermost collection. */
  add(node: Node): void {
    const { last } = this;
    this.last = node;
    const { records } = this.#writer;
    if (last === NONE) records[this.#owner + 2] = records[node]!;
    if (this.isSequence || this.#beginnings === ALL) return;
    const first = this.#firstOf(node);
    const bit = 1 << (first & 31);
    if ((this.#beginnings & bit) === 0 && MAY_ESCAPE[first] === 0) this.#beginnings |= bit;
    else if (last === NONE || this.#firstOf(last) !== first || !this.#isBehind(last, node)) {
      this.#beginnings = ALL;
      this.#writer.unordered(this.#owner);
    }
  }

  /** Returns the initial character of the key, inside its quotes. */
  #firstOf(node: Node): number {
    const { bytes } = this.#writer.bytes;
    const start = this.#writer.records[node]!;
    return bytes[isQuote(bytes[start]!) ? start + 1 : start]!;
  }

  #close(): void {
    const { records, count, tokenEnd } = this.#writer;
    if (this.last !== NONE) records[this.last + 4] = count;
    records[this.#owner + 3] = tokenEnd;
    records[this.#owner + 4] = count;
    const outer = this.#outer;
    const at = this.#kept - KEPT;
    this.column = outer[at]!;
    this.#owner = outer[at + 1]!;
    this.last = outer[at + 2]!;
    this.isSequence = outer[at + 3] === 1;
    this.#beginnings = outer[at + 4]!;
    this.#kept = at;
  }

  /**
   * Checks whether the second key comes after the first in pnpm's order, which is by code units. Unknown, and therefore
   * false, for keys with escapes and some that are not ASCII.
   */
  #isBehind(first: Node, second: Node): boolean {
    const { records } = this.#writer;
    const { bytes } = this.#writer.bytes;
    let one = records[first]!;
    let other = records[second]!;
    let oneEnd = records[first + 1]!;
    let otherEnd = records[second + 1]!;
    if (isQuote(bytes[one]!)) {
      one++;
      oneEnd--;
    }
    if (isQuote(bytes[other]!)) {
      other++;
      otherEnd--;
    }
    while (one < oneEnd && other < otherEnd) {
      const code = bytes[one++]!;
      const difference = code - bytes[other++]!;
      if (difference !== 0) return difference < 0 && !MAY_ESCAPE[code];
      if (MAY_ESCAPE[code] === 1) return false;
    }
    return one === oneEnd && other < otherEnd;
  }
}

/** The characters that begin escapes and closing quotes, and the code that stands for several characters. */
const MAY_ESCAPE = byteClass(`'"\\${String.fromCharCode(WIDE)}`);

/** Matches every initial character. */
const ALL = -1;
