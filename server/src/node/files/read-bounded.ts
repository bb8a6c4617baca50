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

/**
 * Returns the bytes and the time of a regular file synchronously, for files that are read by the hundred. It has no time
 * limit, as nothing else runs meanwhile.
 */
export function readBoundedSync(
  path: string,
  maxBytes: number,
  followsLinks = true,
): { bytes: Buffer; time: number } {
  const { file, stats } = openRegularSync(path, followsLinks);
  try {
    const growing = growingBuffer(stats.size, maxBytes);
    while (!growing.isWhole(readSync(file, growing.space())));
    return { bytes: growing.bytes(), time: stats.mtimeMs };
  } finally {
    closeSync(file);
  }
}

async function readAll(path: string, { maxBytes, followsLinks }: ReadLimits): Promise<Buffer> {
  const { file, stats } = await openRegular(path, followsLinks);
  try {
    const growing = growingBuffer(stats.size, maxBytes);
    for (;;) {
      const { bytesRead } = await file.read(growing.space());
      if (growing.isWhole(bytesRead)) return growing.bytes();
    }
  } finally {
    await file.close();
  }
}

/** Holds a file of this size, which may grow while it is read; some system files report a size of zero. */
function growingBuffer(size: number, maxBytes: number) {
  if (size > maxBytes) throw tooLarge(maxBytes);
  let bytes: Buffer = Buffer.allocUnsafe(size + 1);
  let length = 0;
  return {
    /** Returns where the next bytes belong. */
    space: () => bytes.subarray(length),
    /** Counts bytes that were read there, and returns whether there were none left. */
    isWhole(read: number): boolean {
      if (read === 0) return true;
      length += read;
      if (length > maxBytes) throw tooLarge(maxBytes);
      if (length === bytes.length)
        bytes = Buffer.concat([bytes, Buffer.allocUnsafe(Math.max(GROWTH, length))]);
      return false;
    },
    bytes: () => bytes.subarray(0, length),
  };
}

function tooLarge(maxBytes: number): FileProblem {
  if (maxBytes < 1024) return new FileProblem(`is larger than ${maxBytes} bytes`);
  const isSmall = maxBytes < MEGABYTE;
  const size = Math.round(maxBytes / (isSmall ? 1024 : MEGABYTE));
  return new FileProblem(`is larger than ${size} ${isSmall ? 'KB' : 'MB'}`);
}
