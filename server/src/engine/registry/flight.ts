import type { AbortSignalLike, ClockPort } from '../ports.ts';
import { type AbortSource, createAbortSource, untilAborted } from './abort-source.ts';

/** A request in flight, shared by all who want the response. */
export interface Flight {
  /** The credential that it carries: an asker with another one needs a request of its own. */
  readonly credential: string;
  readonly source: AbortSource;
  readonly done: Promise<void>;
  waiters: number;
  /** Set if somebody left without cancelling: the response is still wanted. */
  kept: boolean;
}

export interface EnsureOptions {
  readonly signal?: AbortSignalLike | undefined;
  /** After that time, resolves with what is known by then; the request continues for the next asker. */
  readonly patienceMs?: number | undefined;
}

/** Waits for the shared request, which is cancelled when all who wanted it have cancelled. */
export async function joinFlight(flight: Flight, clock: ClockPort, options: EnsureOptions): Promise<void> {
  const { signal, patienceMs } = options;
  flight.waiters++;
  const timer = createAbortSource();
  const answered = flight.done.then(() => true);
  const waits: Promise<unknown>[] = [untilAborted(answered, signal)];
  if (patienceMs !== undefined && clock.wait !== undefined) waits.push(clock.wait(patienceMs, timer.signal));
  await Promise.race(waits);
  timer.abort();
  flight.waiters--;
  if (signal?.aborted !== true) flight.kept = true;
  if (flight.waiters === 0 && !flight.kept) flight.source.abort();
}
