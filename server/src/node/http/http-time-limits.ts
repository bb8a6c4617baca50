import type { HttpRequest, HttpResult } from '../../engine/ports.ts';

/** Timers of requests: the platform's, or a test's simulated ones. */
export interface HttpTimers {
  /** Calls back once, that long after it was last set or refreshed. */
  after(milliseconds: number, callback: () => void): HttpTimer;
  /** Calls back periodically. */
  every(milliseconds: number, callback: () => void): Pick<HttpTimer, 'stop'>;
}

export interface HttpTimer {
  refresh(): void;
  stop(): void;
}

export const PLATFORM_TIMERS: HttpTimers = {
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return { refresh: () => timer.refresh(), stop: () => clearTimeout(timer) };
  },
  every(milliseconds, callback) {
    const timer = setInterval(callback, milliseconds);
    return { stop: () => clearInterval(timer) };
  },
};

/**
 * Multiples of the longest silence: for the whole response, and for the interval at which the speed of a body
 * is measured.
 */
const PATIENCE = 6;
const PACE = 2;
const LEAST_BYTES_PER_MS = 1;

export interface TimeLimits {
  readonly signal: AbortSignal;
  /** Returns the result in place of a response that took too long. */
  late(): HttpResult | undefined;
  /** Called with the size of a received part of the body. */
  onProgress(bytes: number): void;
  stop(): void;
}

/** Aborts with the request's signal, after too long a silence, and if the body takes too long or is too slow. */
export function timeLimits(
  { signal, timeoutMs }: Pick<HttpRequest, 'signal' | 'timeoutMs'>,
  timers: HttpTimers,
): TimeLimits {
  const abort = new AbortController();
  let late: HttpResult | undefined;
  let received = 0;
  let counted = 0;
  const expire = (why?: string) => {
    late ??= { type: 'timeout', ...(why === undefined || received === 0 ? {} : { detail: why }) };
    abort.abort();
  };
  const wholeMs = timeoutMs * PATIENCE;
  const paceMs = timeoutMs * PACE;
  const silence = timers.after(timeoutMs, () => expire());
  const whole = timers.after(wholeMs, () => expire(`did not send all of it within ${wholeMs / 1000} s`));
  const pace = timers.every(paceMs, () => {
    // The body began before the last measurement, so this was a whole interval of it.
    if (counted > 0 && received - counted < LEAST_BYTES_PER_MS * paceMs)
      expire('sends less than 1 KB a second');
    counted = received;
  });
  const stopListening = raiseWith(signal, abort);
  return {
    signal: abort.signal,
    late: () => late,
    onProgress(bytes) {
      received += bytes;
      silence.refresh();
    },
    stop() {
      for (const timer of [silence, whole, pace]) timer.stop();
      stopListening();
    },
  };
}

/** Aborts the controller with the signal; returns how to stop listening. */
function raiseWith(signal: HttpRequest['signal'], controller: AbortController): () => void {
  if (signal === undefined) return () => {};
  const raise = () => controller.abort();
  if (signal.aborted) raise();
  signal.addEventListener('abort', raise);
  return () => signal.removeEventListener('abort', raise);
}
