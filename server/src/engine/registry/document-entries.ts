import { type Fact, PENDING, type Unavailable } from '../../core/know/registry/documents/fact.ts';
import type { Credential } from '../../core/read/config/npm/npm-config.ts';
import type { ClockPort } from '../ports.ts';
import { credentialText } from './credential-text.ts';
import type { Flight } from './flight.ts';
import { factOf, isFresh, type KnownAnswer } from './registry-answer.ts';

/** One document of one registry, with its request in flight. */
export interface DocumentEntry<T> {
  readonly key: string;
  known: KnownAnswer<T> | undefined;
  /** The credential behind `known` and `failure`, as text; kept in memory only. */
  credential: string;
  failure: (Unavailable & { until: number }) | undefined;
  loading: Promise<void> | undefined;
  /** Whether the cache was read; it is not read again for changes by other processes. */
  isLoaded: boolean;
  flight: Flight | undefined;
  usedAt: number;
  /** Returns the fact, whoever requested it. The same knowledge gives the same object. */
  tell(): Fact<T>;
}

export interface DocumentEntries<T> {
  /** Returns the entry, creating an empty one if needed. */
  get(key: string): DocumentEntry<T>;
  find(key: string): DocumentEntry<T> | undefined;
  /** Has no effect while a request is in flight. */
  forget(key: string): void;
  /** Lets what failed be requested again at once. What is known of it stays. */
  tryAgain(): void;
}

/** Marks a record that somebody's credential opened in an earlier run. */
export const FROM_DISK = 'disk';

/** Checks whether an entry holds the answer for this credential. */
export function isFor(entry: DocumentEntry<unknown>, credential: Credential | undefined): boolean {
  if (entry.credential === FROM_DISK) return credential !== undefined;
  return entry.credential === credentialText(credential);
}

/**
 * Above this number, entries that were unused for a while are dropped. Those in use stay, so that they are not
 * requested over and over.
 */
const MANY = 1_000;
const UNUSED_MS = 10 * 60 * 1000;

export function createDocumentEntries<T>(clock: ClockPort): DocumentEntries<T> {
  const entries = new Map<string, DocumentEntry<T>>();
  /** The size at which to look for unused entries next. */
  let full = MANY;

  const forgetUnused = (now: number): void => {
    for (const [key, { flight, loading, usedAt }] of entries) {
      const isUnused = now - usedAt > UNUSED_MS || usedAt > now;
      if (isUnused && flight === undefined && loading === undefined) entries.delete(key);
    }
    full = Math.max(MANY, entries.size * 1.25);
  };
  const find = (key: string): DocumentEntry<T> | undefined => {
    const entry = entries.get(key);
    if (entry !== undefined) entry.usedAt = clock.now();
    return entry;
  };
  return {
    find,
    forget(key) {
      const entry = entries.get(key);
      if (entry?.flight === undefined && entry?.loading === undefined) entries.delete(key);
    },
    tryAgain() {
      for (const { failure } of entries.values()) if (failure !== undefined) failure.until = 0;
    },
    get(key) {
      const known = find(key);
      if (known !== undefined) return known;
      const now = clock.now();
      if (entries.size >= full) forgetUnused(now);
      const entry = newEntry<T>(key, clock);
      entries.set(key, entry);
      return entry;
    },
  };
}

interface Reported<T> {
  readonly known: KnownAnswer<T> | undefined;
  readonly failure: DocumentEntry<T>['failure'];
  readonly stale: boolean;
  readonly fact: Fact<T>;
}

function newEntry<T>(key: string, clock: ClockPort): DocumentEntry<T> {
  let reported: Reported<T> = { known: undefined, failure: undefined, stale: false, fact: PENDING };
  const entry: DocumentEntry<T> = {
    key,
    known: undefined,
    credential: '',
    failure: undefined,
    loading: undefined,
    isLoaded: false,
    flight: undefined,
    usedAt: clock.now(),
    tell() {
      const now = clock.now();
      const { known, failure } = entry;
      const stale = known?.value !== undefined && (failure !== undefined || !isFresh(known, now));
      if (reported.known === known && reported.failure === failure && reported.stale === stale)
        return reported.fact;
      reported = { known, failure, stale, fact: factFrom(known, failure, now) };
      return reported.fact;
    },
  };
  return entry;
}

function factFrom<T>(
  known: KnownAnswer<T> | undefined,
  failure: DocumentEntry<T>['failure'],
  now: number,
): Fact<T> {
  const why = failure && { reason: failure.reason, detail: failure.detail };
  if (known !== undefined) return factOf(known, now, why);
  return why === undefined ? PENDING : { state: 'unavailable', ...why };
}
