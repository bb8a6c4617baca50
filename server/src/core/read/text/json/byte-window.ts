import { type TextBytes, writeBytes } from '../text-bytes.ts';

/** Small enough to stay in the processor's cache. */
const SIZE = 1 << 15;
/** This many bytes at the end are available beyond the last position. */
const MARGIN = 1 << 10;
const PADDING = 8;

/**
 * A moving window of a text as bytes, for a scanner that reads it from start to end. The eight bytes after its end are
 * zeros, as if the text ended there.
 */
export class ByteWindow {
  readonly both: TextBytes;
  /** The offset of the first byte in the text. */
  start = 0;
  /** Up to here an offset is far enough from the end of the window; -1 before the first move. */
  limit = -1;
  readonly #text: string;

  constructor(text: string) {
    const bytes = new Uint8Array(Math.min(SIZE, text.length) + PADDING);
    this.both = { bytes, view: new DataView(bytes.buffer), isAscii: false };
    this.#text = text;
  }

  /** Moves the window to begin at `at`; returns the new limit. */
  moveTo(at: number): number {
    const { bytes } = this.both;
    const end = Math.min(at + bytes.length - PADDING, this.#text.length);
    writeBytes(this.#text.slice(at, end), bytes);
    this.start = at;
    this.limit = end === this.#text.length ? end : end - MARGIN;
    return this.limit;
  }
}
