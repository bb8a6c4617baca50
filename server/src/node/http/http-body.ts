import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

export interface BodyOptions {
  /** The `Content-Encoding`. */
  readonly encoding: string | undefined;
  /** After decompression. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** Receives the decoded text in pieces. */
  readonly receive: (piece: string) => void;
  /** Receives the raw bytes instead, for binary bodies. */
  readonly receiveBytes?: ((chunk: Uint8Array) => void) | undefined;
  /** Called whenever data arrives, with its size. */
  readonly onProgress: (bytes: number) => void;
}

/**
 * Reads a body as text, decompressed; returns false if it is over `maxBytes` after decompression. Reading stops there,
 * so that a decompression bomb takes no more memory than the limit.
 */
export async function readBody(body: Readable, options: BodyOptions): Promise<boolean> {
  const { maxBytes, signal, receive, receiveBytes, onProgress } = options;
  const decoder = new TextDecoder();
  let size = 0;
  const take = async (source: AsyncIterable<Uint8Array>): Promise<void> => {
    for await (const chunk of source) {
      onProgress(chunk.length);
      size += chunk.length;
      if (size > maxBytes) return;
      if (receiveBytes === undefined) receive(decoder.decode(chunk, { stream: true }));
      else receiveBytes(chunk);
    }
    receive(decoder.decode());
  };
  const unpack = decompressor(options.encoding);
  try {
    await (unpack === undefined
      ? pipeline(body, take, { signal })
      : pipeline(body, unpack, take, { signal }));
  } catch (error) {
    if (size <= maxBytes) throw error;
  } finally {
    body.destroy();
  }
  return size <= maxBytes;
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
