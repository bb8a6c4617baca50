import { byteClass, WIDE } from '../../text/text-bytes.ts';
import { isQuote } from './yaml-lexis.ts';
import { NONE, type Node } from './yaml-tape.ts';
import type { YamlWriter } from './yaml-writer.ts';

/** Numbers that are kept of a collection while one inside of it is the innermost. */
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
  /** A bit for each character that a key of it begins with; all bits where its keys are not known to be distinct. */
  #beginnings = 0;
  /** The collections around it, from the outermost: column, owner, last member, whether a sequence, beginnings. */
  readonly #outer: number[] = [];
  /** How many numbers of these are kept. */
  #kept = 0;

  constructor(writer: YamlWriter) {
    this.#writer = writer;
  }

  /** Makes the collection whose members stand in this column the innermost; false where there can be none. */
  enter(column: number, isSequence: boolean): boolean {
    const isSame = this.column === column && this.isSequence === isSequence;
    if (!isSame) this.leave(column, isSequence);
    const { last } = this;
    if (this.column === column && this.isSequence === isSequence) {
      this.#writer.records[last + 4] = this.#writer.count;
      return true;
    }
    // The items of a sequence may stand right below the key that they are the value of.
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

  /** Ends the collections that a line in this column is not part of. */
  leave(column: number, isSequence: boolean): void {
    while (this.column > column || (this.column === column && !isSequence && this.isSequence)) this.#close();
  }

  /** Ends all collections, and begins a document. */
  addDocument(at: number): void {
    this.closeAll();
    this.last = this.#writer.push(at, at, at);
    this.#writer.documents.push(this.last);
  }

  /** Ends all collections. */
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

  /** What the key begins with, within its quotes. */
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
   * Whether the second key is behind the first in the order of pnpm, which is by code units. Not known, and so false, of
   * keys with something escaped and of some that are not ASCII.
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

/** What escapes and the ends of quotes begin with, and what stands for more than one character. */
const MAY_ESCAPE = byteClass(`'"\\${String.fromCharCode(WIDE)}`);

/** Of beginnings: any. */
const ALL = -1;
