import { parentPort, workerData } from 'node:worker_threads';
import type { DatabaseUpdated } from '../../engine/ports.ts';
import { createLazyHttp } from '../http/lazy-http.ts';
import { systemClock } from '../system-clock.ts';
import type { DatabaseFiles } from './database-files.ts';

/** The task of a thread. */
export interface UpdateTask {
  readonly from: string;
  readonly files: DatabaseFiles;
  readonly userAgent: string;
}

/** Messages during the work and at its end. Any message to the thread stops it. */
export type UpdateMessage =
  | {
      readonly type: 'progress';
      readonly message: string;
      readonly done: number;
      readonly total: number | undefined;
    }
  | DatabaseUpdated;

/** Nobody needs faster updates of the progress. */
const INTERVAL_MS = 200;

/** Runs an update in a thread of its own, as indexing hundreds of thousands of records would block an editor. */
async function run({ from, files, userAgent }: UpdateTask): Promise<UpdateMessage> {
  const { updateDatabase, DatabaseProblem } = await import('./database.ts');
  const stop = new AbortController();
  parentPort?.once('message', () => stop.abort());
  let last = 0;
  try {
    const { type, asOf, records, packages } = await updateDatabase({
      ...{ from, files, now: systemClock.now, signal: stop.signal },
      http: createLazyHttp({ userAgent, environment: process.env }),
      progress(message, done, total) {
        if (systemClock.now() - last < INTERVAL_MS) return;
        last = systemClock.now();
        post({ type: 'progress', message, done, total });
      },
    });
    return { type, asOf, records, packages };
  } catch (error) {
    if (stop.signal.aborted) return { type: 'cancelled' };
    if (error instanceof DatabaseProblem) return { type: 'failed', message: error.message };
    throw error;
  } finally {
    parentPort?.unref();
  }
}

function post(message: UpdateMessage): void {
  parentPort?.postMessage(message);
}

void run(workerData as UpdateTask).then(post);
