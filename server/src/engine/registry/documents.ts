import type { AskPermission } from '../../core/know/registry/access/may-ask.ts';
import { registryBase } from '../../core/know/registry/access/packument-url.ts';
import type { Transport } from '../../core/know/registry/access/transport.ts';
import type { DocumentKind, DocumentReader } from '../../core/know/registry/documents/document-kind.ts';
import { type Fact, isWithheld, PENDING, type Unavailable } from '../../core/know/registry/documents/fact.ts';
import type { Credential, RegistryChoice } from '../../core/read/config/npm/npm-config.ts';
import type { AbortSignalLike, CachePort, ClockPort } from '../ports.ts';
import { createAbortSource, untilAborted } from './abort-source.ts';
import { credentialText } from './credential-text.ts';
import { createDocumentEntries, type DocumentEntry, FROM_DISK } from './document-entries.ts';
import { type EnsureOptions, type Flight, joinFlight } from './flight.ts';
import type { Outgoing } from './outgoing.ts';
import {
  answerFromRecord,
  answerToRecord,
  factOf,
  isFresh,
  type KnownAnswer,
  readAnswer,
} from './registry-answer.ts';

/** A document of one registry. */
export interface DocumentPlace {
  readonly registry: Pick<RegistryChoice, 'url'>;
  /** How requests travel there; undefined where the environment alone says so. */
  readonly transport?: Transport | undefined;
  /** Empty for what belongs to the registry itself. */
  readonly name: string;
  readonly version?: string | undefined;
  /** Versions of which everything should be kept, when it is asked for. */
  readonly keep?: ReadonlySet<string> | undefined;
}

export interface DocumentRequest extends DocumentPlace {
  /** The credential that was written for this registry, and for no other. */
  readonly credential: Credential | undefined;
  /** Whether no other host may hear the name, be it that the registry sends there. */
  readonly isPrivate?: boolean | undefined;
  /** From `mayAsk`: without it nothing is sent, and only what is known already is told. */
  readonly permission: AskPermission;
}

/** What is known of one kind of document from registries: in memory, on disk, and by asking. */
export interface Documents<T> {
  /** Drops from memory what is known, unless it is under way. The cache keeps it. */
  forget(place: DocumentPlace): void;
  /** What is known now. Starts nothing; `pending` where nothing was asked yet. */
  peek(place: DocumentPlace): Fact<T>;
  /** Takes what the cache has, fresh or not. Sends nothing. */
  load(place: DocumentPlace): Promise<void>;
  /** Asks the registry unless a fresh answer is known. Never rejects; `pending` when cancelled or out of patience. */
  ensure(request: DocumentRequest, options?: EnsureOptions): Promise<Fact<T>>;
}

/** Where a document may come from before its registry is asked. Undefined where it does not. Never rejects. */
export type OtherSource<T> = (
  place: DocumentPlace,
) => Promise<{ readonly value: T; readonly asOf: number } | undefined>;

export interface DocumentPorts<T = unknown> {
  readonly outgoing: Outgoing | undefined;
  readonly cache: CachePort | undefined;
  readonly clock: ClockPort;
  readonly other?: OtherSource<T> | undefined;
}

const TIMEOUT_MS = 10_000;
const MAX_KEYS = 10_000;
const MINUTE = 60 * 1000;

export function createDocuments<T>(
  kind: DocumentKind<T>,
  { outgoing, cache, clock, other }: DocumentPorts<T>,
): Documents<T> {
  const entries = createDocumentEntries<T>(clock);

  const load = (entry: DocumentEntry<T>, place: DocumentPlace): Promise<void> => {
    if (entry.known !== undefined || entry.isLoaded || cache === undefined) return Promise.resolve();
    entry.loading ??= cache
      .read(entry.key)
      .then((record) => {
        const known = record === undefined ? undefined : answerFromRecord(record, kind, place);
        if (known === undefined || entry.known !== undefined) return;
        entry.known = known;
        entry.credential = known.authenticated ? FROM_DISK : '';
      })
      .catch(() => undefined)
      .finally(() => {
        entry.loading = undefined;
        entry.isLoaded = true;
      });
    return entry.loading;
  };

  const start = (entry: DocumentEntry<T>, request: DocumentRequest, out: Outgoing): Flight => {
    const source = createAbortSource();
    const credential = credentialText(request.credential);
    const done = ask(entry, request, out, source.signal).finally(() => {
      if (entry.flight?.source === source) entry.flight = undefined;
    });
    entry.flight = { credential, source, done, waiters: 0, kept: false };
    return entry.flight;
  };

  const ask = async (
    entry: DocumentEntry<T>,
    request: DocumentRequest,
    out: Outgoing,
    signal: AbortSignalLike,
  ) => {
    const { credential, transport } = request;
    const found = await other?.(request);
    if (signal.aborted) return;
    if (found !== undefined) {
      const known = { ...found, freshMs: kind.fresh.floor, etag: undefined, authenticated: false };
      remember(entry, known, undefined);
      entry.failure = undefined;
      entry.credential = credentialText(credential);
      return;
    }
    const before = isFor(entry, credential) ? entry.known : undefined;
    let reader: DocumentReader<T> | undefined;
    const result = await out.send({
      url: kind.url(request.registry.url, request)!,
      headers: headersOf(kind.accept, credential, before?.value && before.etag),
      timeoutMs: TIMEOUT_MS,
      maxBytes: kind.maxBytes,
      transport,
      staysOnHost: request.isPrivate,
      credentialBase: request.registry.url,
      signal,
      receive() {
        reader = kind.reader(request, clock.now());
        return reader.write;
      },
    });
    const now = clock.now();
    reader ??= kind.reader(request, now);
    const context = { kind, subject: request, now, before, credential, timeoutMs: TIMEOUT_MS };
    const answer = readAnswer(result, reader, context);
    if (answer.type === 'cancelled') return;
    if (answer.type === 'unavailable') {
      const { why } = answer;
      if (why.reason === 'no-access' || !isFor(entry, credential)) entry.known = undefined;
      entry.failure = { ...why, until: now + quietTime(why) };
    } else {
      remember(entry, answer.known, before);
      entry.failure = undefined;
    }
    entry.credential = credentialText(credential);
  };

  /** What did not change is confirmed and not written again. */
  const remember = (
    entry: DocumentEntry<T>,
    known: KnownAnswer<T>,
    before: KnownAnswer<T> | undefined,
  ): void => {
    entry.known = known;
    const { value } = known;
    if (cache === undefined || value === undefined) return;
    const isConfirmed =
      before?.value === value && before.etag === known.etag && before.freshMs === known.freshMs;
    const written = isConfirmed
      ? cache.confirm(entry.key, known.asOf)
      : cache.write(entry.key, answerToRecord({ ...known, value }, kind));
    written.catch(() => undefined);
  };

  /** Keys by what they are made of, as they are asked for at each look. */
  const keys = new Map<string, string | undefined>();
  const keyOf = (place: DocumentPlace): string | undefined => {
    const { registry, name, version = '', transport } = place;
    const raw = [registry.url, name, version, transport?.ofProject].join('\n');
    if (keys.has(raw)) return keys.get(raw);
    const base = registryBase(registry.url);
    const isServed = base !== undefined && kind.url(base, place) !== undefined;
    const parts = [kind.id, base, name, version, transport?.ofProject];
    const key = isServed ? parts.filter((part) => part !== undefined && part !== '').join(' ') : undefined;
    if (keys.size >= MAX_KEYS) keys.clear();
    keys.set(raw, key);
    return key;
  };

  return {
    forget: (place) => entries.forget(keyOf(place) ?? ''),
    peek(place) {
      return entries.find(keyOf(place) ?? '')?.tell() ?? PENDING;
    },
    async load(place) {
      const key = keyOf(place);
      if (key !== undefined) await load(entries.get(key), place);
    },
    async ensure(request, options = {}) {
      const { permission, credential } = request;
      const { signal } = options;
      const key = keyOf(request);
      if (!permission.allowed && isWithheld(permission.reason)) return unavailable(permission);
      if (key === undefined) {
        return unavailable(
          permission.allowed ? { reason: 'failed', detail: 'no registry can serve it' } : permission,
        );
      }
      const entry = entries.get(key);
      await untilAborted(load(entry, request), signal);
      if (signal?.aborted === true) return PENDING;
      if (!permission.allowed) return tellDenied(entry, permission, clock.now());
      if (outgoing === undefined)
        return tellDenied(entry, { reason: 'offline', detail: 'offline' }, clock.now());
      const { known, failure } = entry;
      if (isFor(entry, credential)) {
        if (failure !== undefined && clock.now() < failure.until) return entry.tell();
        if (known !== undefined && isFresh(known, clock.now())) return entry.tell();
      }
      const running = entry.flight;
      const flight =
        running !== undefined && isShared(running, credential) ? running : start(entry, request, outgoing);
      await joinFlight(flight, clock, options);
      if (isAborted(signal) || !isFor(entry, credential)) return PENDING;
      return entry.tell();
    },
  };
}

function isShared(flight: Flight, credential: Credential | undefined): boolean {
  return flight.credential === credentialText(credential) && !flight.source.signal.aborted;
}

function isAborted(signal: AbortSignalLike | undefined): boolean {
  return signal?.aborted === true;
}

function tellDenied<T>(entry: DocumentEntry<T>, why: Unavailable, now: number): Fact<T> {
  if (entry.known === undefined) return unavailable(why);
  return factOf(entry.known, now, { reason: why.reason, detail: why.detail });
}

function unavailable<T>({ reason, detail }: Unavailable): Fact<T> {
  return { state: 'unavailable', reason, detail };
}

/** Whether what an entry knows is an answer to this credential. */
function isFor(entry: DocumentEntry<unknown>, credential: Credential | undefined): boolean {
  if (entry.credential === FROM_DISK) return credential !== undefined;
  return entry.credential === credentialText(credential);
}

/** How long a failure is repeated without asking again, so that no hover and no keystroke hammers a registry. */
function quietTime({ reason }: Unavailable): number {
  if (reason === 'no-access') return 5 * MINUTE;
  return reason === 'unreachable' ? MINUTE / 6 : MINUTE;
}

function headersOf(
  accept: string,
  credential: Credential | undefined,
  etag: string | undefined,
): Record<string, string> {
  return {
    accept,
    ...(credential === undefined ? {} : { authorization: credentialText(credential) }),
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
  };
}
