import { readSync } from 'node:fs';
import { RandomAccessReader } from 'yauzl';

const CHUNK = 1024 * 1024;

/** Reads the directory of a large zip, which is requested in small pieces, in a few large ones. */
export class ChunkReader extends RandomAccessReader {
  readonly #file: number;
  readonly #size: number;
  #chunk: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(file: number, size: number) {
    super();
    this.#file = file;
    this.#size = size;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    queueMicrotask(() => {
      try {
        if (position + length > this.#size) throw new Error('the zip ends too early');
        const end = this.#start + this.#chunk.length;
        if (position < this.#start || position + length > end) {
          this.#chunk = readAt(this.#file, Math.max(length, CHUNK), position);
          this.#start = position;
        }
        const at = position - this.#start;
        this.#chunk.copy(buffer, offset, at, at + length);
      } catch (error) {
        return callback(error as Error);
      }
      callback(null);
    });
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }
}

/** Reads as much of a part of an open file as exists. */
export function readAt(file: number, length: number, position: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  return buffer.subarray(0, readSync(file, buffer, 0, length, position));
}
