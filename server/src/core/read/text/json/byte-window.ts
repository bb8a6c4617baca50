import { type TextBytes, writeBytes } from '../text-bytes.ts';

/** Small enough to stay in the processor's cache. */
const SIZE = 1 << 15;
/** So many bytes at the end are there to be read on from the last place. */
const MARGIN = 1 << 10;
const PADDING = 8;

/**
 * A stretch of a text as bytes, for a scanner that goes through it: it moves along. What is behind its end reads as zeros
 * for eight bytes, as if the text ended there.
 */
export class ByteWindow {
  readonly both: TextBytes;
  /** The place of the text that the first byte is. */
  start = 0;
  /** Up to here a place is far enough from the end of the window; -1 before it is moved for the first time. */
  limit = -1;
  readonly #text: string;

  constructor(text: string) {
    const bytes = new Uint8Array(Math.min(SIZE, text.length) + PADDING);
    this.both = { bytes, view: new DataView(bytes.buffer), isAscii: false };
    this.#text = text;
  }

  /** Moves it to where it begins at `at`; returns the new limit. */
  moveTo(at: number): number {
    const { bytes } = this.both;
    const end = Math.min(at + bytes.length - PADDING, this.#text.length);
    writeBytes(this.#text.slice(at, end), bytes);
    this.start = at;
    this.limit = end === this.#text.length ? end : end - MARGIN;
    return this.limit;
  }
}
