import { utf8Decoder } from '../../../read/text/encoding.ts';

/** Longer texts are left to the decoder, which is slow to start. */
const MOST_ASCII = 64;

/**
 * Reads what a ByteWriter wrote, from an offset to an end. It never throws, whatever the bytes are: past the end there
 * are zeros, and nothing is longer than the remaining bytes.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  at: number;

  constructor(bytes: Uint8Array, at: number, end = bytes.length) {
    this.#bytes = bytes;
    this.#end = Math.min(end, bytes.length);
    this.at = at;
  }

  byte(): number {
    const at = this.at++;
    return at < this.#end ? this.#bytes[at]! : 0;
  }

  number(): number {
    const first = this.byte();
    if (first < 128) return first;
    let value = first - 128;
    for (let factor = 128; factor < 2 ** 56; factor *= 128) {
      const next = this.byte();
      if (next < 128) return value + next * factor;
      value += (next - 128) * factor;
    }
    return 0;
  }

  /** Reads a count of items that take at least a byte each: never more than there are bytes. */
  count(): number {
    return Math.min(this.number(), Math.max(0, this.#end - this.at));
  }

  text(): string {
    const length = this.count();
    const start = this.at;
    this.at += length;
    if (length > MOST_ASCII) return this.#decode(start);
    let text = '';
    for (let at = start; at < this.at; at++) {
      const code = this.#bytes[at]!;
      if (code >= 128) return this.#decode(start);
      text += String.fromCharCode(code);
    }
    return text;
  }

  skipText(): void {
    const length = this.count();
    this.at += length;
  }

  #decode(start: number): string {
    return utf8Decoder.decode(this.#bytes.subarray(start, this.at));
  }
}
