import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { readonly type: 'minor' }) => void;

/** The chunks of a pipe, 64 kB each, until those that were read are freed. */
const CHUNKS = 48;

let collect: Collect | undefined;
let chunks = 0;

/**
 * Counts a chunk that was read from a pipe, and frees the memory of those before from time to time. V8 frees it in a minor
 * collection, but the chunks' own objects are too small to cause one. Their memory causes major ones instead, which took a
 * quarter of the processor time of reading a gigabyte.
 */
export function countChunk(): void {
  if (++chunks % CHUNKS !== 0) return;
  collect ??= collector();
  collect({ type: 'minor' });
}

function collector(): Collect {
  // Electron crashes when flags are changed that it froze.
  if (process.versions.electron !== undefined) return () => undefined;
  setFlagsFromString('--expose-gc');
  const found: unknown = runInNewContext('globalThis.gc');
  setFlagsFromString('--no-expose-gc');
  return typeof found === 'function' ? (found as Collect) : () => undefined;
}
