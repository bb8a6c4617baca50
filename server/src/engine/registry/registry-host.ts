import type { ClockPort, HttpPort, HttpPost, HttpRequest, HttpResult } from '../ports.ts';
import { isAborted } from './abort-source.ts';

const MAX_CONNECTIONS = 6;
/** The number of consecutive failures after which a host is not contacted for a while. */
const FAILURES_BEFORE_REST = 3;
const REST_MS = 5 * 60 * 1000;
/** Up to twice as long by chance, so that many processes do not return at once. */
const PAUSE_MS = 400;
/** A host that asks for a longer wait is not retried: it is left alone for that time. */
const RETRY_AFTER_PATIENCE_MS = 10_000;
const RETRY_AFTER_MAX_MS = 60 * 60 * 1000;

/** Requests to one host, considerate: few at a time, one retry, and a pause after many failures. */
export interface RegistryHost {
  send(request: HttpRequest | HttpPost): Promise<HttpResult>;
  /** Returns when the pause of the host ends; undefined if there is none. */
  restsUntil(): number | undefined;
  /**
   * Ends a pause after failures and returns whether there was one. A single request then tests the host, and one more
   * failure starts another pause. A pause that the host asked for stays.
   */
  tryAgain(): boolean;
}

export function createRegistryHost(http: HttpPort, clock: ClockPort): RegistryHost {
  const waiting: (() => void)[] = [];
  let limit = MAX_CONNECTIONS;
  let active = 0;
  let failures = 0;
  /** The ends of the pauses after failures, and of those that the host asked for. */
  let rest = 0;
  let askedRest = 0;

  const restsUntil = () => {
    const until = Math.max(rest, askedRest);
    return until > clock.now() ? until : undefined;
  };
  const enter = async (): Promise<void> => {
    if (active < limit) active++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = () => {
    active--;
    while (active < limit && waiting.length > 0) {
      active++;
      waiting.shift()!();
    }
  };
  /** Halves the concurrency when the host reports too many requests, and recovers slowly. */
  const learn = (result: HttpResult) => {
    if (result.type === 'cancelled') return;
    if (isBusy(result)) limit = Math.max(1, limit / 2);
    if (!isFailure(result)) {
      failures = 0;
      limit = Math.min(MAX_CONNECTIONS, limit + 0.25);
      return;
    }
    const asked = retryAfter(result, clock.now());
    if (asked !== undefined && asked > RETRY_AFTER_PATIENCE_MS)
      askedRest = clock.now() + Math.min(asked, RETRY_AFTER_MAX_MS);
    failures++;
    // After its pause a host is on probation: one more failure starts another pause.
    if (failures >= FAILURES_BEFORE_REST) rest = Math.max(rest, clock.now() + REST_MS);
  };

  return {
    restsUntil,
    tryAgain() {
      if (rest <= clock.now()) return false;
      rest = 0;
      limit = 1;
      return true;
    },
    async send(request) {
      await enter();
      try {
        if (request.signal?.aborted === true) return { type: 'cancelled' };
        if (restsUntil() !== undefined) return { type: 'failed', detail: 'failed several times just now' };
        const first = await sendOver(http, request);
        learn(first);
        const isDone = !isFailure(first) || isSlow(first);
        if (isDone || restsUntil() !== undefined || clock.wait === undefined) return first;
        const pause = retryAfter(first, clock.now()) ?? PAUSE_MS * (1 + (clock.random?.() ?? 0));
        await clock.wait(pause, request.signal);
        if (isAborted(request.signal)) return { type: 'cancelled' };
        const second = await sendOver(http, request);
        learn(second);
        return second;
      } finally {
        leave();
      }
    },
  };
}

function sendOver(http: HttpPort, request: HttpRequest | HttpPost): Promise<HttpResult> {
  if (!('json' in request)) return http.get(request);
  return (
    http.post?.(request) ?? Promise.resolve({ type: 'failed', detail: 'cannot be asked', unreachable: true })
  );
}

function isBusy(result: HttpResult): boolean {
  return result.type === 'answer' && (result.status === 429 || result.status === 503);
}

/**
 * Checks whether the host is to blame: no response in time, a broken connection, or a server error. A missing network
 * does not count, so that everything works again as soon as it is back.
 */
function isFailure(result: HttpResult): boolean {
  // A registry's statement that it does not implement something (501) is an answer like any other.
  if (result.type === 'answer')
    return result.status === 429 || (result.status >= 500 && result.status !== 501);
  return result.type === 'timeout' || (result.type === 'failed' && result.unreachable !== true);
}

/** Checks whether a response did not complete in the whole time: a retry would take as long again. */
function isSlow(result: HttpResult): boolean {
  return result.type === 'timeout' && result.detail !== undefined;
}

/** Parses `Retry-After` to milliseconds: a number of seconds, or a date. */
function retryAfter(result: HttpResult, now: number): number | undefined {
  const value = result.type === 'answer' ? result.headers.get('retry-after')?.trim() : undefined;
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
