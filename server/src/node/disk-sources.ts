import type { SourcesPort } from '../engine/ports.ts';
import { pathOf } from './disk-files.ts';
import { CALLS_AT_ONCE } from './files/file-calls.ts';
import { reasonOf } from './files/file-problem.ts';
import { readBoundedSync } from './files/read-bounded.ts';

/** Reads sources synchronously: for thousands of small files that is several times faster. */
export const diskSources: SourcesPort = {
  reads: (folder) => pathOf(folder) !== undefined,
  pause: CALLS_AT_ONCE.pause,
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
