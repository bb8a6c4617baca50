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
  /** Whether the members of a mapping are in order so far, and so distinct. */
  #isOrdered = true;
  /** The collections around it, from the outermost: column, owner, last member, whether a sequence, whether ordered. */
  readonly #outer: number[] = [];
  /** How many numbers of these are kept. */
  #kept = 0;

  constructor(writer: YamlWriter) {
    this.#writer = writer;
  }

  /** Makes the collection whose members stand in this column the innermost; false where there can be none. */
  enter(column: number, isSequence: boolean): boolean {
    this.leave(column, isSequence);
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
    outer[at + 4] = this.#isOrdered ? 1 : 0;
    this.#kept = at + KEPT;
    this.column = column;
    this.#owner = last;
    this.last = NONE;
    this.isSequence = isSequence;
    this.#isOrdered = true;
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
    if (last === NONE) this.#writer.records[this.#owner + 2] = this.#writer.records[node]!;
    else if (this.#isOrdered && !this.isSequence && !this.#isBehind(last, node)) {
      this.#isOrdered = false;
      this.#writer.unordered(this.#owner);
    }
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
    this.#isOrdered = outer[at + 4] === 1;
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

/** What escapes begin with, and what stands for more than one character. */
const MAY_ESCAPE = byteClass(`'\\${String.fromCharCode(WIDE)}`);
