import type { Readable } from 'node:stream';

/** Yields the texts of a stream that end with a byte; what follows the last one is dropped. */
export async function* textsBefore(byte: number, out: Readable): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of out as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = bytes.indexOf(byte); end !== -1; end = bytes.indexOf(byte, from)) {
      yield bytes.toString('utf8', from, end);
      from = end + 1;
    }
    rest = bytes.subarray(from);
  }
}
