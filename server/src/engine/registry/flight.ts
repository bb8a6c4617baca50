import type { AbortSignalLike, ClockPort } from '../ports.ts';
import { type AbortSource, createAbortSource, untilAborted } from './abort-source.ts';

/** A request under way, shared by all who want its answer. */
export interface Flight {
  /** The credential that it carries: who has another one waits for another answer. */
  readonly credential: string;
  readonly source: AbortSource;
  readonly done: Promise<void>;
  waiters: number;
  /** Somebody left without cancelling: the answer is still wanted. */
  kept: boolean;
}

export interface EnsureOptions {
  readonly signal?: AbortSignalLike | undefined;
  /** Answers after that time with what is known by then; the request goes on for the next one who asks. */
  readonly patienceMs?: number | undefined;
}

/** Waits for the shared request, which is cancelled when everybody who wanted it has cancelled. */
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
