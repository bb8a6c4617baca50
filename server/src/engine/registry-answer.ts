import type { Credential } from '../core/config/npm/npm-config.ts';
import type { Fact, Unavailable } from '../core/registry/fact.ts';
import { asObject, member } from '../core/registry/json-value.ts';
import { narrowPackument } from '../core/registry/narrow-packument.ts';
import type { Packument } from '../core/registry/packument.ts';
import { packumentFromRecord, packumentToRecord } from '../core/registry/packument-record.ts';
import type { HttpResult } from './ports.ts';

/** What a registry said last about a package, and how long that counts without asking again. */
export interface KnownAnswer {
  /** Undefined where the registry has no such package. */
  readonly packument: Packument | undefined;
  readonly asOf: number;
  readonly freshMs: number;
  readonly etag: string | undefined;
  /** Whether a credential was sent: what it opened is not an answer to somebody without it. */
  readonly authenticated: boolean;
}

export type ReadAnswer =
  | { readonly type: 'known'; readonly known: KnownAnswer }
  | { readonly type: 'unavailable'; readonly why: Unavailable }
  | { readonly type: 'cancelled' };

const MINUTE = 60 * 1000;
const FRESH_FLOOR = 5 * MINUTE;
const FRESH_CEILING = 24 * 60 * MINUTE;

/** Makes sense of an answer; `before` is what was known, for a registry that says that nothing changed. */
export function readAnswer(
  result: HttpResult,
  context: {
    readonly name: string;
    readonly now: number;
    readonly before: KnownAnswer | undefined;
    readonly credential: Credential | undefined;
    readonly timeoutMs: number;
  },
): ReadAnswer {
  switch (result.type) {
    case 'cancelled':
      return { type: 'cancelled' };
    case 'timeout':
      return failed(`the registry did not answer within ${context.timeoutMs / 1000} s`);
    case 'too-large':
      return failed("the registry's document of it is too large");
    case 'failed':
      if (result.unreachable !== true) return failed(`the registry ${result.detail}`);
      return unavailable('offline', 'offline: the registry cannot be reached');
    case 'answer':
      return readStatus(result, context);
  }
}

function readStatus(
  answer: HttpResult & { readonly type: 'answer' },
  { name, now, before, credential }: Parameters<typeof readAnswer>[1],
): ReadAnswer {
  const { status, headers } = answer;
  const confirmed = {
    asOf: now,
    freshMs: freshness(headers.get('cache-control')),
    etag: headers.get('etag'),
    authenticated: credential !== undefined,
  };
  switch (status) {
    case 200: {
      const narrowed = narrowPackument(parseJson(answer.body), { name, now });
      if ('problem' in narrowed) return failed(narrowed.problem);
      return { type: 'known', known: { packument: narrowed.packument, ...confirmed } };
    }
    case 304: {
      if (before?.packument === undefined) return failed('the registry answered with status 304');
      const etag = confirmed.etag ?? before.etag;
      return { type: 'known', known: { packument: before.packument, ...confirmed, etag } };
    }
    case 404:
      return { type: 'known', known: { packument: undefined, ...confirmed, etag: undefined } };
    case 401:
    case 403:
      return unavailable(
        'no-access',
        credential === undefined
          ? 'the registry gives no access without a credential, and none is configured for it'
          : 'the registry refuses access with the configured credential',
      );
    default:
      return failed(`the registry answered with status ${status}`);
  }
}

/** What is known as a fact at `now`; `why` says why it could not be asked for again. */
export function factOf(known: KnownAnswer, now: number, why: Unavailable | undefined): Fact<Packument> {
  const { packument, asOf } = known;
  const stale = why !== undefined || !isFresh(known, now);
  if (packument !== undefined) {
    const fact = { state: 'ready', value: packument, asOf, stale } as const;
    return why === undefined ? fact : { ...fact, notRefreshed: why };
  }
  return why === undefined ? { state: 'absent', asOf } : { state: 'unavailable', ...why };
}

/** An answer of the future comes from a clock that was wrong: then or now, so it is asked for again. */
export function isFresh(known: KnownAnswer, now: number): boolean {
  return known.asOf <= now && now < known.asOf + known.freshMs;
}

/** The text for the cache. It holds no credential. */
export function answerToRecord(known: KnownAnswer): string {
  const { packument, ...rest } = known;
  return JSON.stringify({ ...rest, packument: packument && packumentToRecord(packument) });
}

/** Undefined for anything that is no record of this package: a broken cache is an empty one. */
export function answerFromRecord(record: string, name: string): KnownAnswer | undefined {
  const object = asObject(parseJson(record));
  const packument = packumentFromRecord(member(object, 'packument'));
  const [asOf, freshMs] = [member(object, 'asOf'), member(object, 'freshMs')];
  const [etag, authenticated] = [member(object, 'etag'), member(object, 'authenticated')];
  if (packument?.name !== name || typeof asOf !== 'number' || typeof freshMs !== 'number') return undefined;
  return {
    packument,
    asOf,
    freshMs: Math.min(freshMs, FRESH_CEILING),
    etag: typeof etag === 'string' ? etag : undefined,
    authenticated: authenticated === true,
  };
}

function freshness(cacheControl: string | undefined): number {
  const maxAge = /(?:^|[\s,])max-age=(\d{1,9})(?:$|[\s,])/i.exec(cacheControl ?? '');
  const milliseconds = maxAge === null ? 0 : Number(maxAge[1]) * 1000;
  return Math.min(Math.max(milliseconds, FRESH_FLOOR), FRESH_CEILING);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failed(detail: string): ReadAnswer {
  return unavailable('failed', detail);
}

function unavailable(reason: Unavailable['reason'], detail: string): ReadAnswer {
  return { type: 'unavailable', why: { reason, detail } };
}
