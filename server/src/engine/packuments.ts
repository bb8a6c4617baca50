import type { Credential, RegistryChoice } from '../core/config/npm/npm-config.ts';
import type { Fact, Unavailable } from '../core/registry/fact.ts';
import type { AskPermission } from '../core/registry/may-ask.ts';
import type { Packument } from '../core/registry/packument.ts';
import { packumentUrl, registryBase } from '../core/registry/packument-url.ts';
import { hostAndPort, parseWebAddress } from '../core/text/web-address.ts';
import { type AbortSource, createAbortSource, untilAborted } from './abort-source.ts';
import type { AbortSignalLike, CachePort, ClockPort, HttpPort } from './ports.ts';
import {
  answerFromRecord,
  answerToRecord,
  factOf,
  isFresh,
  type KnownAnswer,
  readAnswer,
} from './registry-answer.ts';
import { createRegistryHost, type RegistryHost } from './registry-host.ts';

export interface PackumentRequest {
  readonly registry: Pick<RegistryChoice, 'url'>;
  /** The credential that was written for this registry, and for no other. */
  readonly credential: Credential | undefined;
  readonly name: string;
  /** From `mayAsk`: without it nothing is sent, and only what is known already is told. */
  readonly permission: AskPermission;
}

export interface EnsureOptions {
  readonly signal?: AbortSignalLike | undefined;
  /** Answers after that time with what is known by then; the request goes on for the next one who asks. */
  readonly patienceMs?: number | undefined;
}

/** What is known of packages from their registries: in memory, on disk, and by asking. */
export interface Packuments {
  /** What is known now. Starts nothing; `pending` where nothing was asked yet. */
  peek(registryUrl: string, name: string): Fact<Packument>;
  /** Asks the registry unless a fresh answer is known. Never rejects; `pending` when cancelled or out of patience. */
  ensure(request: PackumentRequest, options?: EnsureOptions): Promise<Fact<Packument>>;
}

export interface PackumentPorts {
  readonly http: HttpPort | undefined;
  readonly cache: CachePort | undefined;
  readonly clock: ClockPort;
}

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_IN_MEMORY = 500;
const MINUTE = 60 * 1000;

/** One package of one registry. */
interface Entry {
  readonly key: string;
  known: KnownAnswer | undefined;
  /** The credential behind `known` and `failure`, as text; it is kept in memory only. */
  credential: string;
  failure: (Unavailable & { readonly until: number }) | undefined;
  loading: Promise<void> | undefined;
  flight: Flight | undefined;
  /** What `peek` told last, so that the same knowledge is the same object. */
  told: {
    readonly known: KnownAnswer | undefined;
    readonly failure: object | undefined;
    readonly fact: Fact<Packument>;
  };
}

/** A request under way, shared by all who want its answer. */
interface Flight {
  readonly credential: string;
  readonly source: AbortSource;
  readonly done: Promise<void>;
  waiters: number;
  /** Somebody left without cancelling: the answer is still wanted. */
  kept: boolean;
}

export function createPackuments({ http, cache, clock }: PackumentPorts): Packuments {
  const entries = new Map<string, Entry>();
  const hosts = new Map<string, RegistryHost>();

  const entryOf = (key: string): Entry => {
    const entry = entries.get(key) ?? newEntry(key);
    entries.delete(key);
    entries.set(key, entry);
    for (const [old, { flight, loading }] of entries) {
      if (entries.size <= MAX_IN_MEMORY) break;
      if (old !== key && flight === undefined && loading === undefined) entries.delete(old);
    }
    return entry;
  };
  const hostOf = (url: string, port: HttpPort): RegistryHost => {
    const name = hostAndPort(parseWebAddress(url)!);
    const host = hosts.get(name) ?? createRegistryHost(port, clock);
    hosts.set(name, host);
    return host;
  };

  const load = (entry: Entry, name: string): Promise<void> => {
    if (entry.known !== undefined || cache === undefined) return Promise.resolve();
    entry.loading ??= cache
      .read(entry.key)
      .then((record) => {
        const known = record === undefined ? undefined : answerFromRecord(record, name);
        if (known === undefined || entry.known !== undefined) return;
        entry.known = known;
        entry.credential = known.authenticated ? FROM_DISK : '';
      })
      .catch(() => undefined)
      .finally(() => {
        entry.loading = undefined;
      });
    return entry.loading;
  };

  const start = (entry: Entry, request: PackumentRequest, port: HttpPort): Flight => {
    const source = createAbortSource();
    const credential = credentialText(request.credential);
    const done = ask(entry, request, port, source.signal).finally(() => {
      if (entry.flight?.source === source) entry.flight = undefined;
    });
    entry.flight = { credential, source, done, waiters: 0, kept: false };
    return entry.flight;
  };

  const ask = async (entry: Entry, request: PackumentRequest, port: HttpPort, signal: AbortSignalLike) => {
    const { name, credential } = request;
    const url = packumentUrl(request.registry.url, name)!;
    const before = isFor(entry, request.credential) ? entry.known : undefined;
    const headers = headersOf(credential, before?.packument && before.etag);
    const result = await hostOf(url, port).get({
      url,
      headers,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      signal,
    });
    const answer = readAnswer(result, { name, now: clock.now(), before, credential, timeoutMs: TIMEOUT_MS });
    if (answer.type === 'cancelled') return;
    if (answer.type === 'unavailable') {
      const { why } = answer;
      if (why.reason === 'no-access' || !isFor(entry, credential)) entry.known = undefined;
      entry.failure = { ...why, until: clock.now() + quietTime(why) };
    } else {
      entry.known = answer.known;
      entry.failure = undefined;
      if (answer.known.packument !== undefined) {
        cache?.write(entry.key, answerToRecord(answer.known)).catch(() => undefined);
      }
    }
    entry.credential = credentialText(credential);
  };

  const tell = (entry: Entry, credential: Credential | undefined): Fact<Packument> => {
    if (!isFor(entry, credential)) return PENDING;
    return tellAny(entry, clock.now());
  };

  return {
    peek(registryUrl, name) {
      const entry = entries.get(keyOf(registryUrl, name) ?? '');
      return entry === undefined ? PENDING : tellAny(entry, clock.now());
    },
    async ensure(request, { signal, patienceMs } = {}) {
      const { permission, credential } = request;
      const key = keyOf(request.registry.url, request.name);
      if (!permission.allowed && permission.reason === 'private') return unavailable(permission);
      if (key === undefined) {
        return unavailable(
          permission.allowed ? { reason: 'failed', detail: 'no registry can serve it' } : permission,
        );
      }
      const entry = entryOf(key);
      await untilAborted(load(entry, request.name), signal);
      if (isAborted(signal)) return PENDING;
      if (!permission.allowed) return tellDenied(entry, permission, clock.now());
      if (http === undefined) return tellDenied(entry, { reason: 'offline', detail: 'offline' }, clock.now());
      const { known, failure } = entry;
      if (isFor(entry, credential)) {
        if (failure !== undefined && clock.now() < failure.until) return tell(entry, credential);
        if (known !== undefined && isFresh(known, clock.now())) return tell(entry, credential);
      }
      const running = entry.flight;
      const flight =
        running !== undefined && isShared(running, credential) ? running : start(entry, request, http);
      await join(flight, clock, signal, patienceMs);
      return isAborted(signal) ? PENDING : tell(entry, credential);
    },
  };
}

/** Waits for the shared request, which is cancelled when everybody who wanted it has cancelled. */
async function join(
  flight: Flight,
  clock: ClockPort,
  signal: AbortSignalLike | undefined,
  patienceMs: number | undefined,
): Promise<void> {
  flight.waiters++;
  const timer = createAbortSource();
  const answered = flight.done.then(() => true);
  const waits: Promise<unknown>[] = [untilAborted(answered, signal)];
  if (patienceMs !== undefined && clock.wait !== undefined) waits.push(clock.wait(patienceMs, timer.signal));
  await Promise.race(waits);
  timer.abort();
  flight.waiters--;
  if (!isAborted(signal)) flight.kept = true;
  if (flight.waiters === 0 && !flight.kept) flight.source.abort();
}

function isShared(flight: Flight, credential: Credential | undefined): boolean {
  return flight.credential === credentialText(credential) && !flight.source.signal.aborted;
}

function isAborted(signal: AbortSignalLike | undefined): boolean {
  return signal?.aborted === true;
}

const PENDING: Fact<Packument> = { state: 'pending' };

/** What an entry knows, whoever asked for it. */
function tellAny(entry: Entry, now: number): Fact<Packument> {
  const { known, failure, told } = entry;
  const isStale = known !== undefined && (failure !== undefined || !isFresh(known, now));
  const wasStale = told.fact.state === 'ready' && told.fact.stale;
  if (
    told.known === known &&
    told.failure === failure &&
    wasStale === (isStale && told.fact.state === 'ready')
  ) {
    return told.fact;
  }
  const why = failure && { reason: failure.reason, detail: failure.detail };
  const unknown = why === undefined ? PENDING : unavailable(why);
  const fact = known === undefined ? unknown : factOf(known, now, why);
  entry.told = { known, failure, fact };
  return fact;
}

function tellDenied(entry: Entry, why: Unavailable, now: number): Fact<Packument> {
  return entry.known === undefined
    ? unavailable(why)
    : factOf(entry.known, now, { reason: why.reason, detail: why.detail });
}

function unavailable({ reason, detail }: Unavailable): Fact<Packument> {
  return { state: 'unavailable', reason, detail };
}

/** Marks a record that somebody's credential opened, in another run. */
const FROM_DISK = 'disk';

/** Whether what an entry knows is an answer to this credential. */
function isFor(entry: Entry, credential: Credential | undefined): boolean {
  if (entry.credential === FROM_DISK) return credential !== undefined;
  return entry.credential === credentialText(credential);
}

/** How long a failure is repeated without asking again, so that no hover and no keystroke hammers a registry. */
function quietTime({ reason }: Unavailable): number {
  if (reason === 'no-access') return 5 * MINUTE;
  return reason === 'offline' ? MINUTE / 6 : MINUTE;
}

function headersOf(credential: Credential | undefined, etag: string | undefined): Record<string, string> {
  return {
    accept: 'application/json',
    ...(credential === undefined ? {} : { authorization: credentialText(credential) }),
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
  };
}

function credentialText(credential: Credential | undefined): string {
  if (credential === undefined) return '';
  return credential.type === 'bearer' ? `Bearer ${credential.token}` : `Basic ${credential.encoded}`;
}

/** Names the answer in memory and on disk: the kind of document, the registry and the name, no credential. */
function keyOf(registryUrl: string, name: string): string | undefined {
  const base = registryBase(registryUrl);
  return base === undefined ? undefined : `packument ${base} ${name}`;
}

function newEntry(key: string): Entry {
  const told = { known: undefined, failure: undefined, fact: PENDING };
  return {
    key,
    known: undefined,
    credential: '',
    failure: undefined,
    loading: undefined,
    flight: undefined,
    told,
  };
}
