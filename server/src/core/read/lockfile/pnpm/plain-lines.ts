import { byteClass, spacesEnd, type TextBytes, WIDE } from '../../text/text-bytes.ts';
import { PlainFlow } from './plain-flow.ts';
import { plainQuoteEnd } from './plain-quote.ts';
import type { OpenCollections } from './yaml-collections.ts';
import {
  COLON,
  DASH,
  HASH,
  isWordStart,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  SINGLE,
  SPACE,
} from './yaml-lexis.ts';
import { NONE } from './yaml-tape.ts';
import type { YamlWriter } from './yaml-writer.ts';

/**
 * The fast path for what pnpm writes: lines with a key, with a key and a value, or with a dash and a value, all without
 * special characters, and blank lines. It stops before any other line, which the scan then reads.
 */
export class PlainLines {
  readonly #both: TextBytes;
  readonly #writer: YamlWriter;
  readonly #open: OpenCollections;
  readonly #flow: PlainFlow;

  constructor(writer: YamlWriter, open: OpenCollections) {
    this.#both = writer.bytes;
    this.#writer = writer;
    this.#open = open;
    this.#flow = new PlainFlow(writer);
  }

  /** Returns where the first line starts that it did not read. */
  scan(from: number): number {
    const both = this.#both;
    const { bytes } = both;
    const writer = this.#writer;
    const open = this.#open;
    let start = from;
    if (open.column < 0 || open.last === NONE) return start;
    for (;;) {
      if (bytes[start] === NEWLINE) {
        start++;
        continue;
      }
      const at = spacesEnd(both, start);
      const code = bytes[at]!;
      const isItem = code === DASH;
      let keyEnd = at;
      let value = at + 2;
      if (isItem) {
        if (bytes[at + 1] !== SPACE) return start;
      } else {
        keyEnd = this.#keyEnd(at, code);
        if (keyEnd === -1) return start;
        value = keyEnd + 2;
      }
      let end = value - 1;
      const hasValue = bytes[end] === SPACE;
      const first = bytes[value]!;
      const isFlow = hasValue && (first === OPEN_BRACE || first === OPEN_BRACKET);
      if (isFlow) end = this.#flow.read(value);
      else if (hasValue) end = first === SINGLE ? plainQuoteEnd(bytes, value) : this.#plainEnd(value, first);
      if (end === -1 || bytes[end] !== NEWLINE) return start;
      if (!open.enter(at - start, isItem)) return start;
      const node = writer.pushWhole(at, keyEnd, hasValue ? value : end, end);
      open.add(node);
      if (isFlow) this.#flow.write(node, value, end);
      start = end + 1;
    }
  }

  /** Returns the end of the key that begins at `at`, followed by its colon; -1 if it may be something else. */
  #keyEnd(at: number, code: number): number {
    const { bytes } = this.#both;
    let end = at + 1;
    if (code === SINGLE) end = bytes[end] === LESS ? -1 : plainQuoteEnd(bytes, at);
    else if (isWordStart(code)) while (IN_KEY[bytes[end]!] === 1) end++;
    else return -1;
    return bytes[end] === COLON && end - at < LONGEST_KEY ? end : -1;
  }

  /** Returns the end of the unquoted value, which is that of the line; -1 if it may be something else. */
  #plainEnd(at: number, first: number): number {
    if (!isWordStart(first) && first !== CARET && first !== TILDE) return -1;
    const { bytes } = this.#both;
    let end = at + 1;
    for (;;) {
      while (IN_KEY[bytes[end]!] === 1) end++;
      const code = bytes[end]!;
      if (code === NEWLINE) return bytes[end - 1] === SPACE ? -1 : end;
      if (code < SPACE || code === WIDE) return -1;
      if (code === COLON && bytes[end + 1]! <= SPACE) return -1;
      if (code === HASH && bytes[end - 1] === SPACE) return -1;
      end++;
    }
  }
}

const CARET = 94;
const TILDE = 126;
/** The first character of a merge key. */
const LESS = 60;

/** A longer key is left to the scan. */
const LONGEST_KEY = 1000;

const WORD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const IN_KEY = byteClass(`${WORD}-_./@+()~^=`);
