import { closeSync, readSync } from 'node:fs';
import { FileProblem } from './file-problem.ts';
import { openRegular, openRegularSync } from './open-regular.ts';

export interface ReadLimits {
  readonly maxBytes: number;
  /** Whether the path may be a symbolic link; true by default. */
  readonly followsLinks?: boolean;
  /** The time limit for everything. A disk is faster, but a network file system may never answer. */
  readonly timeoutMs?: number;
}

const MEGABYTE = 1024 * 1024;
const TIMEOUT_MS = 30_000;
const GROWTH = 64 * 1024;

/**
 * Returns the bytes of a regular file, whichever path a workspace or a configuration names: pipes, devices and endless
 * files are refused at once. Throws a `FileProblem` or the system's error.
 */
export async function readBounded(path: string, limits: ReadLimits): Promise<Buffer> {
  const { timeoutMs = TIMEOUT_MS } = limits;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const problem = () => new FileProblem(`could not be read within ${Math.round(timeoutMs / 1000)} s`);
    timer = setTimeout(() => reject(problem()), timeoutMs);
  });
  try {
    return await Promise.race([readAll(path, limits), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Returns the text of a file like `readBounded`, decoded as UTF-8 without its byte order mark. */
export async function readBoundedText(path: string, limits: ReadLimits): Promise<string> {
  return new TextDecoder('utf-8').decode(await readBounded(path, limits));
}

/** Returns the bytes and the time of a small regular file synchronously, for files that are read by the hundred. */
export function readBoundedSync(path: string, maxBytes: number): { bytes: Buffer; time: number } {
  const { file, stats } = openRegularSync(path);
  try {
    if (stats.size > maxBytes) throw tooLarge(maxBytes);
    const bytes = Buffer.allocUnsafe(stats.size);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = readSync(file, bytes, length, bytes.length - length, length);
    return { bytes: bytes.subarray(0, length), time: stats.mtimeMs };
  } finally {
    closeSync(file);
  }
}

async function readAll(path: string, { maxBytes, followsLinks }: ReadLimits): Promise<Buffer> {
  const { file, stats } = await openRegular(path, followsLinks);
  try {
    if (stats.size > maxBytes) throw tooLarge(maxBytes);
    // It may grow while it is read, and some system files report a size of zero.
    let bytes: Buffer = Buffer.allocUnsafe(stats.size + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length);
      if (bytesRead === 0) return bytes.subarray(0, length);
      length += bytesRead;
      if (length > maxBytes) throw tooLarge(maxBytes);
      if (length < bytes.length) continue;
      bytes = Buffer.concat([bytes, Buffer.allocUnsafe(Math.max(GROWTH, length))]);
    }
  } finally {
    await file.close();
  }
}

function tooLarge(maxBytes: number): FileProblem {
  if (maxBytes < 1024) return new FileProblem(`is larger than ${maxBytes} bytes`);
  const isSmall = maxBytes < MEGABYTE;
  const size = Math.round(maxBytes / (isSmall ? 1024 : MEGABYTE));
  return new FileProblem(`is larger than ${size} ${isSmall ? 'KB' : 'MB'}`);
}
