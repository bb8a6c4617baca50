import { isLatin, spacesEnd } from '../text-bytes.ts';
import { ByteWindow } from './byte-window.ts';
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  indexOrEnd,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  RETURN,
  SPACE,
  TAB,
} from './json-lexis.ts';
import { RECORD, type Token } from './json-tape.ts';

export const MAX_DEPTH = 500;

/** What may come next. An item is a key in an object, otherwise a value; `FIRST`: an item or the closing bracket. */
export const [FIRST, ITEM, COLON_NEXT, VALUE, SEPARATOR, DONE] = [0, 1, 2, 3, 4, 5] as const;

/** The state of one scan, and the hottest loop of the product. A class, because its many numbers change together. */
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
  protected inObject = false;
  protected readonly lenient: boolean;
  /**
   * The first line break and backslash at or after the last requested offset: this makes all searches together linear.
   */
  protected nextNewline = -1;
  protected nextBackslash = -1;
  readonly #window: ByteWindow;
  protected readonly isLatin: boolean;

  /** @param lenient whether comments and trailing commas are accepted */
  constructor(text: string, lenient: boolean) {
    this.text = text;
    this.lenient = lenient;
    this.isLatin = isLatin(text);
    this.#window = new ByteWindow(this.isLatin ? text : '');
    this.records = new Int32Array(RECORD * (64 + Math.ceil(text.length / 18)));
    this.at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  /**
   * The fast path for what package managers write: objects and arrays within the outermost object, with strings or
   * `true` as their other values. It works on local numbers and stops before anything else, which the rest of this
   * class then reads. Only for texts with one byte for each character.
   */
  protected plainMembers(): void {
    const text = this.text;
    const records = this.records;
    const stack = this.stack;
    const window = this.#window;
    const { both } = window;
    const { bytes } = both;
    let base = window.start;
    let limit = window.limit;
    const room = records.length - 2 * RECORD;
    const lastExpected = this.lenient ? ITEM : FIRST;
    let count = this.count;
    let at = this.at;
    let depth = this.depth;
    let inObject = this.inObject;
    let newline = this.nextNewline;
    let backslash = this.nextBackslash;
    let expects = this.expects;
    while (count <= room) {
      if (at > limit || at < base) {
        limit = window.moveTo(at);
        base = at;
      }
      let start = at - base;
      if (bytes[start] === SPACE) start++;
      if (bytes[start] === RETURN) start++;
      if (bytes[start] === NEWLINE) start = spacesEnd(both, start + 1);
      while (bytes[start] === TAB) start++;
      let code = bytes[start]!;
      start += base;
      let end = 0;
      if (code === QUOTE && expects <= ITEM) {
        if (newline < start) newline = indexOrEnd(text, '\n', start);
        if (backslash < start) backslash = indexOrEnd(text, '\\', start);
        const plainTo = Math.min(newline, backslash);
        const quote = text.indexOf('"', start + 1);
        if (quote === -1 || quote > plainTo) break;
        records[count] = start;
        records[count + 1] = quote + 1;
        if (inObject) {
          if (quote > limit) {
            limit = window.moveTo(quote);
            base = quote;
          }
          if (bytes[quote + 1 - base] !== COLON) break;
          const value = bytes[quote + 2 - base] === SPACE ? quote + 3 : quote + 2;
          code = bytes[value - base]!;
          if (code === QUOTE) {
            end = text.indexOf('"', value + 1) + 1;
            if (end > plainTo) end = 0;
          } else if (code === 116 && text.startsWith('true', value)) end = value + 4;
          if ((code === OPEN_BRACE || code === OPEN_BRACKET) && depth < MAX_DEPTH) {
            count += RECORD;
            stack[depth++] = count;
            records[count] = value;
            count += RECORD;
            at = value + 1;
            inObject = code === OPEN_BRACE;
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
        } else {
          count += RECORD;
          records[count - 1] = count;
          end = quote + 1;
        }
      } else if (
        (code === CLOSE_BRACE || code === CLOSE_BRACKET) &&
        (expects === SEPARATOR || expects <= lastExpected) &&
        depth > 1 &&
        (code === CLOSE_BRACE) === inObject
      ) {
        const container = stack[--depth]!;
        inObject = text.charCodeAt(records[stack[depth - 1]!]!) === OPEN_BRACE;
        end = start + 1;
        records[container + 1] = end;
        records[container + 2] = count;
        if (inObject) records[container - RECORD + 2] = count;
      } else if ((code === OPEN_BRACE || code === OPEN_BRACKET) && !inObject && expects <= ITEM) {
        if (depth === MAX_DEPTH) break;
        stack[depth++] = count;
        records[count] = start;
        count += RECORD;
        at = start + 1;
        inObject = code === OPEN_BRACE;
        expects = FIRST;
        continue;
      } else break;
      if (end > limit) {
        limit = window.moveTo(end);
        base = end;
      }
      if (bytes[end - base] === COMMA) {
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
    this.inObject = inObject;
    this.at = at;
    this.nextNewline = newline;
    this.nextBackslash = backslash;
    this.expects = expects;
  }
}
