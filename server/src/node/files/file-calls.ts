import { type Dirent, readdirSync, realpathSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { type ReadLimits, readBounded, readBoundedSync } from './read-bounded.ts';

/** The calls that reading a checked folder makes most. */
export interface FileCalls {
  /** Gives other work its turn, if calls block it. */
  pause(): Promise<void> | undefined;
  realpath(path: string): Promise<string> | string;
  list(path: string): Promise<Dirent[]> | Dirent[];
  read(path: string, limits: ReadLimits): Promise<Buffer> | Buffer;
}

/** For programs that do other work meanwhile, such as a language server. */
export const CALLS_IN_BACKGROUND: FileCalls = {
  pause: () => undefined,
  realpath,
  list: (path) => readdir(path, { withFileTypes: true }),
  read: readBounded,
};

/** How long files are read before other work gets its turn. */
const TURN_MS = 12;
let turn = 0;

/**
 * For programs that only wait for the result. A call in the background takes longer to hand over than to make, and a
 * file takes eight. Nothing is read in parallel.
 */
export const CALLS_AT_ONCE: FileCalls = {
  pause() {
    const now = performance.now();
    if (now - turn < TURN_MS) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        turn = performance.now();
        resolve();
      });
    });
  },
  realpath: realpathSync.native,
  list: (path) => readdirSync(path, { withFileTypes: true }),
  read: (path, { maxBytes, followsLinks }) => readBoundedSync(path, maxBytes, followsLinks).bytes,
};
