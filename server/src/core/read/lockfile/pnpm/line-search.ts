import { COLON, indexOrLength, isPlainStart, isQuote, isWhite, quoteEnd, SPACE } from './yaml-lexis.ts';

/** The longest key that YAML allows without a question mark before it. */
const LONGEST_KEY = 1024;

/**
 * Finds the characters that end keys and values in the lines of one text, called from its start to its end. It caches
 * the next position of each character, so that all searches together are linear however rare one is.
 */
export class LineSearch {
  /** The end of the key that `keyColon` found last. */
  keyEnd = 0;
  readonly #text: string;
  /** The first colon, hash sign and tab at or after the last requested offset. */
  #nextColon = -1;
  #nextHash = -1;
  #nextTab = -1;

  constructor(text: string) {
    this.#text = text;
  }

  /** Returns where an unquoted scalar that begins at `at` ends: at a comment, or with the line. */
  plainEnd(at: number, lineEnd: number): number {
    const text = this.#text;
    let hash = this.#nextHash;
    if (hash <= at) hash = indexOrLength(text, '#', at + 1);
    while (hash < lineEnd && text.charCodeAt(hash - 1) !== SPACE) hash = indexOrLength(text, '#', hash + 1);
    this.#nextHash = hash;
    if (hash >= lineEnd) return lineEnd;
    let end = hash;
    while (end > at && text.charCodeAt(end - 1) === SPACE) end--;
    return end;
  }

  /** Returns the first colon from `at` that is followed by whitespace or the end; -1 if there is none before `end`. */
  colonBehind(at: number, end: number): number {
    const text = this.#text;
    let colon = this.#nextColon;
    if (colon < at) colon = indexOrLength(text, ':', at);
    while (colon < end && colon + 1 < end && !isWhite(text.charCodeAt(colon + 1))) {
      colon = indexOrLength(text, ':', colon + 1);
    }
    this.#nextColon = colon;
    return colon < end ? colon : -1;
  }

  hasTab(at: number, end: number): boolean {
    if (this.#nextTab < at) this.#nextTab = indexOrLength(this.#text, '\t', at);
    return this.#nextTab < end;
  }

  /**
   * Returns the colon after the key that begins at `at`; -1 if no key begins there, or if YAML requires a `?` before
   * it.
   */
  keyColon(at: number, lineEnd: number): number {
    const text = this.#text;
    const code = text.charCodeAt(at);
    if (isQuote(code)) {
      const close = quoteEnd(text, at, lineEnd, Number.MAX_SAFE_INTEGER);
      if (close === -1 || close > lineEnd) return -1;
      this.keyEnd = close;
      let colon = close;
      while (colon < lineEnd && text.charCodeAt(colon) === SPACE) colon++;
      if (colon >= lineEnd || text.charCodeAt(colon) !== COLON) return -1;
      if (colon - at > LONGEST_KEY) return -1;
      return colon + 1 >= lineEnd || isWhite(text.charCodeAt(colon + 1)) ? colon : -1;
    }
    if (!isPlainStart(code)) return -1;
    const colon = this.colonBehind(at, lineEnd);
    if (colon === -1 || this.hasTab(at, colon) || this.plainEnd(at, lineEnd) < colon) return -1;
    let keyEnd = colon;
    while (text.charCodeAt(keyEnd - 1) === SPACE) keyEnd--;
    this.keyEnd = keyEnd;
    return colon - at > LONGEST_KEY ? -1 : colon;
  }
}
