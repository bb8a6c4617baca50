import type { OpenDocuments } from './open-documents.ts';
import type { Timers } from './timers.ts';

/** The limit of rounds by which a stream of changes can delay an answer. */
const MOST_ROUNDS = 100;

/**
 * Waits until no change of a document is queued in the connection, so that only the last of several is computed.
 * Without a queue it takes two turns of the event loop, well under a millisecond: the connection handles one
 * message per turn.
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

/** Returns a function that runs `work` soon, once for any number of calls; a call during a run causes one more. */
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
