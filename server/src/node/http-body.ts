import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/**
 * The body as text, decompressed; undefined where it is over `maxBytes` after decompression. Reading stops there, so
 * that a small answer that unpacks to a huge one takes no more memory than the cap.
 */
export async function readBody(
  body: Readable,
  encoding: string | undefined,
  maxBytes: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes) return;
      chunks.push(chunk);
    }
  };
  const unpack = decompressor(encoding);
  try {
    await (unpack === undefined
      ? pipeline(body, collect, { signal })
      : pipeline(body, unpack, collect, { signal }));
  } catch (error) {
    if (size <= maxBytes) throw error;
  } finally {
    body.destroy();
  }
  return size > maxBytes ? undefined : new TextDecoder().decode(Buffer.concat(chunks));
}

function decompressor(encoding: string | undefined) {
  switch (encoding?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'deflate':
      return createInflate();
    default:
      return undefined;
  }
}
