import type { DocumentKind } from '../../core/know/registry/documents/document-kind.ts';
import { type Fact, isWithheld, PENDING, type Unavailable } from '../../core/know/registry/documents/fact.ts';
import type { Credential } from '../../core/read/config/npm/npm-config.ts';
import type { CachePort, ClockPort } from '../ports.ts';
import { createAbortSource, isAborted, untilAborted } from './abort-source.ts';
import { askRegistry, type RegistryQuestions } from './ask-registry.ts';
import { credentialText } from './credential-text.ts';
import { createDocumentCache } from './document-cache.ts';
import { createDocumentEntries, type DocumentEntry, isFor } from './document-entries.ts';
import { createDocumentKeys } from './document-keys.ts';
import type { DocumentPlace, DocumentRequest, OtherSource } from './document-request.ts';
import { type EnsureOptions, type Flight, joinFlight } from './flight.ts';
import type { Outgoing } from './outgoing.ts';
import { factOf, isFresh } from './registry-answer.ts';

/** What is known of one kind of document from registries: in memory, on disk, and by asking. */
export interface Documents<T> {
  /** Drops from memory what is known, unless it is under way. The cache keeps it. */
  forget(place: DocumentPlace): void;
  /** Lets what failed be requested again at once. */
  tryAgain(): void;
  /** What is known now. Starts nothing; `pending` where nothing was asked yet. */
  peek(place: DocumentPlace): Fact<T>;
  /** Takes what the cache has, fresh or not. Sends nothing. */
  load(place: DocumentPlace): Promise<void>;
  /** Asks the registry unless a fresh answer is known. Never rejects; `pending` when cancelled or out of patience. */
  ensure(request: DocumentRequest, options?: EnsureOptions): Promise<Fact<T>>;
}

export interface DocumentPorts<T = unknown> {
  readonly outgoing: Outgoing | undefined;
  readonly cache: CachePort | undefined;
  readonly clock: ClockPort;
  readonly other?: OtherSource<T> | undefined;
}

export function createDocuments<T>(
  kind: DocumentKind<T>,
  { outgoing, cache, clock, other }: DocumentPorts<T>,
): Documents<T> {
  const entries = createDocumentEntries<T>(clock);
  const keyOf = createDocumentKeys(kind);
  const stored = createDocumentCache(kind, cache);
  const questions = outgoing && { kind, outgoing, clock, stored, other };

  /** Returns what is known and fresh enough for this credential; undefined if the registry has to be asked. */
  const settled = (entry: DocumentEntry<T>, credential: Credential | undefined): Fact<T> | undefined => {
    const { known, failure } = entry;
    if (!isFor(entry, credential)) return undefined;
    const isQuiet = failure !== undefined && clock.now() < failure.until;
    return isQuiet || (known !== undefined && isFresh(known, clock.now())) ? entry.tell() : undefined;
  };

  return {
    forget: (place) => entries.forget(keyOf(place) ?? ''),
    tryAgain: () => entries.tryAgain(),
    peek(place) {
      return entries.find(keyOf(place) ?? '')?.tell() ?? PENDING;
    },
    async load(place) {
      const key = keyOf(place);
      if (key !== undefined) await stored.load(entries.get(key), place);
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
      await untilAborted(stored.load(entry, request), signal);
      if (isAborted(signal)) return PENDING;
      if (!permission.allowed) return knownOr(entry, permission, clock.now());
      if (questions === undefined)
        return knownOr(entry, { reason: 'offline', detail: 'offline' }, clock.now());
      const known = settled(entry, credential);
      if (known !== undefined) return known;
      await joinFlight(flightFor(questions, entry, request), clock, options);
      if (isAborted(signal) || !isFor(entry, credential)) return PENDING;
      return entry.tell();
    },
  };
}

/** Returns the request under way with the same credential, or starts one. */
function flightFor<T>(
  questions: RegistryQuestions<T>,
  entry: DocumentEntry<T>,
  request: DocumentRequest,
): Flight {
  const credential = credentialText(request.credential);
  const running = entry.flight;
  if (running?.credential === credential && !running.source.signal.aborted) return running;
  const source = createAbortSource();
  const done = askRegistry(questions, entry, request, source.signal).finally(() => {
    if (entry.flight?.source === source) entry.flight = undefined;
  });
  entry.flight = { credential, source, done, waiters: 0, kept: false };
  return entry.flight;
}

/** What is known, with the reason why it could not be asked for again; that reason alone where nothing is. */
function knownOr<T>({ known }: DocumentEntry<T>, { reason, detail }: Unavailable, now: number): Fact<T> {
  return known === undefined ? unavailable({ reason, detail }) : factOf(known, now, { reason, detail });
}

function unavailable<T>({ reason, detail }: Unavailable): Fact<T> {
  return { state: 'unavailable', reason, detail };
}
