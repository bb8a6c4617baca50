import {
  type DocumentKind,
  type DocumentSubject,
  parseJson,
} from '../../core/know/registry/documents/document-kind.ts';
import type { Fact, Unavailable } from '../../core/know/registry/documents/fact.ts';
import { asObject, member } from '../../core/know/registry/documents/json-value.ts';
import type { Credential } from '../../core/read/config/npm/npm-config.ts';
import type { CacheRecord, HttpResult } from '../ports.ts';

/** A registry's last answer about something, and how long it stays fresh. */
export interface KnownAnswer<T> {
  /** Undefined if the registry does not have the document. */
  readonly value: T | undefined;
  readonly asOf: number;
  readonly freshMs: number;
  readonly etag: string | undefined;
  /** Whether a credential was sent: the answer must not be used for somebody without it. */
  readonly authenticated: boolean;
}

export type ReadAnswer<T> =
  | { readonly type: 'known'; readonly known: KnownAnswer<T> }
  | { readonly type: 'unavailable'; readonly why: Unavailable }
  | { readonly type: 'cancelled' };

export interface AnswerContext<T> {
  readonly kind: DocumentKind<T>;
  readonly subject: DocumentSubject;
  readonly now: number;
  /** The previous answer, for a registry that reports no change. */
  readonly before: KnownAnswer<T> | undefined;
  readonly credential: Credential | undefined;
  readonly timeoutMs: number;
}

/** Interprets a response; `text` parses the body of one with status 200. */
export function readAnswer<T>(
  result: HttpResult,
  text: ReturnType<DocumentKind<T>['reader']>,
  context: AnswerContext<T>,
): ReadAnswer<T> {
  switch (result.type) {
    case 'cancelled':
      return { type: 'cancelled' };
    case 'timeout':
      return failed(`the registry ${result.detail ?? `timed out after ${context.timeoutMs / 1000} s`}`);
    case 'too-large':
      return failed("the registry's document of it is too large");
    case 'failed':
      if (result.unreachable !== true) return failed(`the registry ${result.detail}`);
      return unavailable('unreachable', 'the registry cannot be reached');
    case 'answer':
      return readStatus(result, text, context);
  }
}

function readStatus<T>(
  { status, headers, body }: HttpResult & { readonly type: 'answer' },
  text: ReturnType<DocumentKind<T>['reader']>,
  { kind, now, before, credential }: AnswerContext<T>,
): ReadAnswer<T> {
  const confirmed = {
    asOf: now,
    freshMs: freshness(headers.get('cache-control'), kind),
    etag: headers.get('etag'),
    authenticated: credential !== undefined,
  };
  if (status === 200) {
    if (body !== '') text.write(body);
    const narrowed = text.end();
    if ('problem' in narrowed) return failed(narrowed.problem);
    return { type: 'known', known: { value: narrowed.value, ...confirmed } };
  }
  if (status === 304 && before?.value !== undefined) {
    return {
      type: 'known',
      known: { value: before.value, ...confirmed, etag: confirmed.etag ?? before.etag },
    };
  }
  if (kind.absent.includes(status)) {
    return { type: 'known', known: { value: undefined, ...confirmed, etag: undefined } };
  }
  if (status === 401 || status === 403) {
    return unavailable(
      'no-access',
      credential === undefined
        ? 'the registry gives no access without a credential, and none is configured for it'
        : 'the registry refuses access with the configured credential',
    );
  }
  return failed(`the registry answered with status ${status}`);
}

/** Returns the answer as a fact at `now`; `why` is the reason why it could not be refreshed. */
export function factOf<T>(known: KnownAnswer<T>, now: number, why: Unavailable | undefined): Fact<T> {
  const { value, asOf } = known;
  const stale = why !== undefined || !isFresh(known, now);
  if (value !== undefined) {
    const fact = { state: 'ready', value, asOf, stale } as const;
    return why === undefined ? fact : { ...fact, notRefreshed: why };
  }
  return why === undefined ? { state: 'absent', asOf } : { state: 'unavailable', ...why };
}

/** Checks freshness. An answer from the future comes from a wrong clock, then or now, so it is requested again. */
export function isFresh(known: KnownAnswer<unknown>, now: number): boolean {
  return known.asOf <= now && now < known.asOf + known.freshMs;
}

/** Returns the record for the cache. It contains no credential. */
export function answerToRecord<T>(
  known: KnownAnswer<T> & { readonly value: T },
  kind: DocumentKind<T>,
): CacheRecord {
  const { value, asOf, ...rest } = known;
  return { text: JSON.stringify({ ...rest, value: kind.toRecord(value) }), asOf };
}

/** Returns undefined for anything that is not a record of this subject: a damaged cache counts as an empty one. */
export function answerFromRecord<T>(
  { text, asOf }: CacheRecord,
  kind: DocumentKind<T>,
  subject: DocumentSubject,
): KnownAnswer<T> | undefined {
  const object = asObject(parseJson(text));
  const value = kind.fromRecord(member(object, 'value'), subject);
  const freshMs = member(object, 'freshMs');
  const [etag, authenticated] = [member(object, 'etag'), member(object, 'authenticated')];
  if (value === undefined || typeof freshMs !== 'number') return undefined;
  return {
    value,
    asOf,
    freshMs: Math.min(freshMs, kind.fresh.ceiling),
    etag: typeof etag === 'string' ? etag : undefined,
    authenticated: authenticated === true,
  };
}

/** Returns how long a response is fresh, by its own header within the bounds of its kind. */
export function freshness(
  cacheControl: string | undefined,
  { fresh }: Pick<DocumentKind<unknown>, 'fresh'>,
): number {
  const maxAge = /(?:^|[\s,])max-age=(\d{1,9})(?:$|[\s,])/i.exec(cacheControl ?? '');
  const milliseconds = maxAge === null ? 0 : Number(maxAge[1]) * 1000;
  return Math.min(Math.max(milliseconds, fresh.floor), fresh.ceiling);
}

function failed(detail: string): { readonly type: 'unavailable'; readonly why: Unavailable } {
  return unavailable('failed', detail);
}

function unavailable(reason: Unavailable['reason'], detail: string) {
  return { type: 'unavailable', why: { reason, detail } } as const;
}
