import type { ClockPort, HttpPort, HttpPost, HttpRequest, HttpResult } from '../ports.ts';
import { isAborted } from './abort-source.ts';

const MAX_CONNECTIONS = 6;
/** After so many failures in a row a host is left alone for a while. */
const FAILURES_BEFORE_REST = 3;
const REST_MS = 5 * 60 * 1000;
/** With up to as much again by chance, so that many programs do not come back at once. */
const PAUSE_MS = 400;
/** A host that wants longer is not waited for: it rests for the time it names. */
const RETRY_AFTER_PATIENCE_MS = 10_000;
const RETRY_AFTER_MAX_MS = 60 * 60 * 1000;

/** Requests to one host, well-behaved: few at a time, tried again once, and none for a while after many failures. */
export interface RegistryHost {
  send(request: HttpRequest | HttpPost): Promise<HttpResult>;
  /** Until when the host is left alone; undefined while it may be asked. */
  restsUntil(): number | undefined;
}

export function createRegistryHost(http: HttpPort, clock: ClockPort): RegistryHost {
  const waiting: (() => void)[] = [];
  let limit = MAX_CONNECTIONS;
  let active = 0;
  let failures = 0;
  let rest = 0;

  const restsUntil = () => (rest > clock.now() ? rest : undefined);
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
  /** Halves the number of requests at a time when the host says that it has too many, and recovers slowly. */
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
      rest = clock.now() + Math.min(asked, RETRY_AFTER_MAX_MS);
    failures++;
    // After its rest a host is on probation: one more failure, and it rests again.
    if (failures >= FAILURES_BEFORE_REST) rest = Math.max(rest, clock.now() + REST_MS);
  };

  return {
    restsUntil,
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
 * What the host is to blame for: no answer in time, a broken connection, an error that it owns to. A missing network
 * is not, so that everything works again as soon as it is back.
 */
function isFailure(result: HttpResult): boolean {
  // That a registry has no such thing (501) is an answer like any other.
  if (result.type === 'answer')
    return result.status === 429 || (result.status >= 500 && result.status !== 501);
  return result.type === 'timeout' || (result.type === 'failed' && result.unreachable !== true);
}

/** Whoever did not get to the end of an answer in all that time would take as long again. */
function isSlow(result: HttpResult): boolean {
  return result.type === 'timeout' && result.detail !== undefined;
}

/** `Retry-After` in milliseconds: a number of seconds, or a date. */
function retryAfter(result: HttpResult, now: number): number | undefined {
  const value = result.type === 'answer' ? result.headers.get('retry-after')?.trim() : undefined;
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
