import type { OpenDocuments } from './open-documents.ts';
import type { Timers } from './timers.ts';

/** No stream of changes holds an answer up longer than this many rounds. */
const MOST_ROUNDS = 100;

/**
 * Waits until no further change of a document waits in the connection's queue, so that of several queued changes only
 * the last is computed. Without a queue it takes two turns of the event loop, well under a millisecond: the connection
 * handles one message a turn.
 */
export async function settle(
  timers: Timers,
  documents: OpenDocuments,
  stop: () => boolean = () => false,
): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = documents.changes;
    await timers.nextTurn();
    await timers.nextTurn();
    if (documents.changes === before || stop()) return;
  }
}

/** Runs `work` soon, once for any number of calls; a call while it runs makes it run once more. */
export function coalesce(work: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  async function run(): Promise<void> {
    running = true;
    do {
      again = false;
      await work();
    } while (again);
    running = false;
  }
  return () => {
    if (running) again = true;
    else void run();
  };
}
