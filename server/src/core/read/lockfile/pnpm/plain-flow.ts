import { byteClass, classEnd } from '../../text/text-bytes.ts';
import { plainQuoteEnd } from './plain-quote.ts';
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isWordStart,
  OPEN_BRACE,
  SINGLE,
  SPACE,
} from './yaml-lexis.ts';
import type { Node } from './yaml-tape.ts';
import type { YamlWriter } from './yaml-writer.ts';

/** The size of an item: where its key and its value start and end. */
const ITEM = 4;
const MOST_ITEMS = 64;

/**
 * The fast path for what pnpm writes in flow style on one line: `{integrity: sha512-…}`, `{node: '>=18'}`, `[x64]`. The
 * result is written only on request, because something else may follow it.
 */
export class PlainFlow {
  readonly #writer: YamlWriter;
  readonly #items = new Int32Array(ITEM * MOST_ITEMS);
  #count = 0;

  constructor(writer: YamlWriter) {
    this.#writer = writer;
  }

  /** Returns where the collection ends; -1 for one that is not plain. */
  read(open: number): number {
    const { bytes } = this.#writer.bytes;
    const items = this.#items;
    const isMapping = bytes[open] === OPEN_BRACE;
    const close = isMapping ? CLOSE_BRACE : CLOSE_BRACKET;
    let at = open + 1;
    this.#count = 0;
    if (bytes[at] === close) return at + 1;
    for (let count = 0; count < items.length; count += ITEM) {
      items[count] = at;
      if (isMapping) {
        if (!isWordStart(bytes[at]!)) return -1;
        while (IN_WORD[bytes[at]!] === 1) at++;
        items[count + 1] = at;
        if (bytes[at] !== COLON || bytes[at + 1] !== SPACE) return -1;
        at += 2;
      } else items[count + 1] = at;
      items[count + 2] = at;
      at = this.#valueEnd(at);
      if (at === -1) return -1;
      items[count + 3] = at;
      this.#count = count + ITEM;
      if (bytes[at] === close) return at + 1;
      if (bytes[at] !== COMMA || bytes[at + 1] !== SPACE) return -1;
      at += 2;
    }
    return -1;
  }

  /** Makes the last read result, between `start` and `end`, the value of the last node. */
  write(node: Node, start: number, end: number): void {
    const writer = this.#writer;
    const items = this.#items;
    for (let at = 0; at < this.#count; at += ITEM) {
      const value = items[at + 2]!;
      writer.pushWhole(items[at]!, items[at + 1]!, value, items[at + 3]!);
    }
    writer.setValue(node, start, end);
    writer.records[node + 4] = writer.count;
    const isMapping = items[1]! > items[0]!;
    if (isMapping && this.#count > ITEM) writer.unordered(node);
  }

  #valueEnd(start: number): number {
    const { bytes } = this.#writer.bytes;
    if (bytes[start] === SINGLE) return plainQuoteEnd(bytes, start);
    if (!isWordStart(bytes[start]!) && bytes[start] !== CARET) return -1;
    let at = classEnd(bytes, IN_VALUE, start + 1);
    // The colon would end a key only if followed by whitespace or by punctuation of the collection.
    while (bytes[at] === COLON && bytes[at + 1] === SLASH) at = classEnd(bytes, IN_VALUE, at + 2);
    return bytes[at - 1] === SPACE ? -1 : at;
  }
}

const CARET = 94;
const SLASH = 47;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const IN_WORD = byteClass(`${LETTERS}-_.`);
const IN_VALUE = byteClass(`${LETTERS}-_./@+=^~|<> `);
