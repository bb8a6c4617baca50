import {
  CLOSE_BRACE,
  COLON,
  COMMA,
  indexOrEnd,
  NEWLINE,
  OPEN_BRACE,
  QUOTE,
  RETURN,
  SPACE,
  TAB,
} from './json-lexis.ts';
import { RECORD, type Token } from './json-tape.ts';
import { isLatin, spacesEnd, type TextBytes, textBytes } from './text-bytes.ts';

export const MAX_DEPTH = 500;

/** What may come next. An item is a key in an object, else a value; `FIRST`: or the closing bracket. */
export const [FIRST, ITEM, COLON_NEXT, VALUE, SEPARATOR, DONE] = [0, 1, 2, 3, 4, 5] as const;

/**
 * The state of one scan, and the hottest loop of the product. A class, as its many numbers change together.
 */
export abstract class PlainJsonScan {
  protected readonly text: string;
  /** The open containers. */
  protected readonly stack = new Int32Array(MAX_DEPTH);
  protected records: Int32Array;
  protected count: Token = 0;
  protected depth = 0;
  protected expects: number = ITEM;
  protected at: number;
  protected lastComma = 0;
  /** The first line end and backslash at or behind the place last asked for: so all searches together are linear. */
  protected nextNewline = -1;
  protected nextBackslash = -1;
  /** Undefined where the fast way would be the longer one. */
  readonly #bytes: TextBytes | undefined;
  protected readonly isLatin: boolean;

  constructor(text: string) {
    this.text = text;
    this.isLatin = isLatin(text);
    this.#bytes = this.isLatin ? textBytes(text) : undefined;
    this.records = new Int32Array(RECORD * (64 + Math.ceil(text.length / 18)));
    this.at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  /**
   * The fast way through what package managers write: objects in objects, with strings or `true` as their other values.
   * It works on local numbers and leaves off before anything else, which the rest of this class then reads.
   */
  protected plainMembers(): void {
    const text = this.text;
    const records = this.records;
    const stack = this.stack;
    const both = this.#bytes;
    if (both === undefined) return;
    const { bytes } = both;
    const room = records.length - 2 * RECORD;
    let count = this.count;
    let at = this.at;
    let depth = this.depth;
    let newline = this.nextNewline;
    let backslash = this.nextBackslash;
    let expects = this.expects;
    while (count <= room) {
      let start = at;
      if (bytes[start] === RETURN) start++;
      if (bytes[start] === NEWLINE) start = spacesEnd(both, start + 1);
      while (bytes[start] === TAB) start++;
      let code = bytes[start]!;
      let end = 0;
      if (code === QUOTE && expects <= ITEM) {
        if (newline < start) newline = indexOrEnd(text, '\n', start);
        if (backslash < start) backslash = indexOrEnd(text, '\\', start);
        const plainTo = Math.min(newline, backslash);
        const quote = text.indexOf('"', start + 1);
        if (quote === -1 || quote > plainTo || bytes[quote + 1] !== COLON) break;
        const value = bytes[quote + 2] === SPACE ? quote + 3 : quote + 2;
        code = bytes[value]!;
        if (code === QUOTE) {
          end = text.indexOf('"', value + 1) + 1;
          if (end > plainTo) end = 0;
        } else if (code === 116 && text.startsWith('true', value)) end = value + 4;
        records[count] = start;
        records[count + 1] = quote + 1;
        if (code === OPEN_BRACE && depth < MAX_DEPTH) {
          count += RECORD;
          stack[depth++] = count;
          records[count] = value;
          count += RECORD;
          at = value + 1;
          expects = FIRST;
          continue;
        }
        if (end === 0) {
          records[count + 2] = count + RECORD;
          count += RECORD;
          at = value;
          expects = VALUE;
          break;
        }
        records[count + 2] = count + 2 * RECORD;
        records[count + 3] = value;
        records[count + 4] = end;
        records[count + 5] = count + 2 * RECORD;
        count += 2 * RECORD;
      } else if (code === CLOSE_BRACE && (expects === FIRST || expects === SEPARATOR) && depth > 1) {
        const container = stack[depth - 1]!;
        // Leaves an object in an array to the rest, as what follows it is no member.
        if (bytes[records[stack[depth - 2]!]!] !== OPEN_BRACE) break;
        depth--;
        end = start + 1;
        records[container + 1] = end;
        records[container + 2] = count;
        records[container - RECORD + 2] = count;
      } else break;
      if (bytes[end] === COMMA) {
        this.lastComma = end;
        at = end + 1;
        expects = ITEM;
      } else {
        at = end;
        expects = SEPARATOR;
      }
    }
    if (at === this.at) return;
    this.count = count;
    this.depth = depth;
    this.at = at;
    this.nextNewline = newline;
    this.nextBackslash = backslash;
    this.expects = expects;
  }
}
