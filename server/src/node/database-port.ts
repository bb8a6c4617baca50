import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { ResourceLimits } from 'node:worker_threads';
import { OSV_DUMP } from '../core/know/advisory/osv/osv-url.ts';
import type { DatabasePort, DatabaseUpdate, DatabaseUpdated } from '../engine/ports.ts';
import { workerThreads } from './builtin-on-demand.ts';
import type { DatabaseFiles } from './database/database-files.ts';
import { readNotes } from './database/database-notes.ts';
import type { UpdateMessage, UpdateTask } from './database/worker.ts';
import { readBoundedSync } from './files/read-bounded.ts';

export interface DatabasePortOptions {
  /** For the `User-Agent` header. */
  readonly userAgent: string;
  now(): number;
}

/** How long a file's stamp is cached, as it is requested on every keystroke. */
const GLANCE_MS = 5_000;
const MAX_BYTES = 512 * 1024 * 1024;

/** Creates the port to the user's advisory database, as the last update left it. */
export function createDatabasePort(
  files: DatabaseFiles,
  { userAgent, now }: DatabasePortOptions,
): DatabasePort {
  let looked: { readonly at: number; readonly stamp: string | undefined } | undefined;
  return {
    stamp() {
      const at = now();
      if (looked === undefined || at < looked.at || at >= looked.at + GLANCE_MS)
        looked = { at, stamp: stampOf(files.index) };
      return looked.stamp;
    },
    read() {
      try {
        return readBoundedSync(files.index, MAX_BYTES).bytes;
      } catch {
        return undefined;
      }
    },
    async checkedAt() {
      return stampOf(files.index) === undefined ? undefined : (await readNotes(files.notes))?.checkedAt;
    },
    async update(update) {
      const from = update.from ?? OSV_DUMP;
      if (!isAbsolute(from) && !/^https?:\/\//i.test(from))
        return { type: 'failed', message: `${from} is neither a URL nor an absolute path.` };
      const done = await inThread({ from, files, userAgent }, update);
      looked = undefined;
      return done;
    },
  };
}

function stampOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found?.isFile() === true ? `${found.mtimeNs} ${found.size} ${found.ino}` : undefined;
}

/** Reading a dump creates only short-lived objects, and memory reserved for those is missing in the editor. */
const LIMITS: ResourceLimits = { maxYoungGenerationSizeMb: 32 };

/** Runs an update in a thread of its own. */
function inThread(task: UpdateTask, { onProgress, signal }: DatabaseUpdate): Promise<DatabaseUpdated> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve({ type: 'cancelled' });
    const worker = new (workerThreads().Worker)(workerFile(), { workerData: task, resourceLimits: LIMITS });
    const stop = () => worker.postMessage('stop');
    signal?.addEventListener('abort', stop);
    const end = (result: DatabaseUpdated) => {
      signal?.removeEventListener('abort', stop);
      resolve(result);
    };
    worker.on('message', (message: UpdateMessage) => {
      if (message.type === 'progress') onProgress(message.message, message.done, message.total);
      else end(message);
    });
    const broke = () => end({ type: 'failed', message: 'The update of the database was interrupted.' });
    worker.on('error', broke);
    worker.on('exit', broke);
  });
}

/** Returns the worker's file: beside the bundle, or in the sources when they run unbundled. */
function workerFile(): string {
  const bundle = join(import.meta.dirname, 'database-worker.js');
  return existsSync(bundle) ? bundle : join(import.meta.dirname, 'database/worker.ts');
}
