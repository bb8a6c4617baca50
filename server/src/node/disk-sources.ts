import type { SourcesPort } from '../engine/ports.ts';
import { pathOf } from './disk-files.ts';
import { reasonOf } from './files/file-problem.ts';
import { readBoundedSync } from './files/read-bounded.ts';

/** How long files are read before other work gets its turn. */
const TURN_MS = 12;
let turn = 0;

/** Reads sources synchronously: for thousands of small files that is several times faster. */
export const diskSources: SourcesPort = {
  reads: (folder) => pathOf(folder) !== undefined,
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
  read(uri, maxBytes) {
    const path = pathOf(uri);
    if (path === undefined) return { type: 'missing' };
    try {
      return { type: 'text', text: readBoundedSync(path, maxBytes).bytes.toString('utf8') };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'ENOENT' || code === 'ENOTDIR') return { type: 'missing' };
      const reason = reasonOf(error) ?? 'cannot be read';
      return { type: 'refused', reason };
    }
  },
};
