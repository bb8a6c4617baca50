import { type Fact, PENDING, type Unavailable } from '../../core/know/registry/documents/fact.ts';
import type { Credential } from '../../core/read/config/npm/npm-config.ts';
import type { ClockPort } from '../ports.ts';
import { credentialText } from './credential-text.ts';
import type { Flight } from './flight.ts';
import { factOf, isFresh, type KnownAnswer } from './registry-answer.ts';

/** One document of one registry, and what is under way about it. */
export interface DocumentEntry<T> {
  readonly key: string;
  known: KnownAnswer<T> | undefined;
  /** The credential behind `known` and `failure`, as text; it is kept in memory only. */
  credential: string;
  failure: (Unavailable & { readonly until: number }) | undefined;
  loading: Promise<void> | undefined;
  /** Whether the cache was looked at: nobody else's writing is waited for there. */
  isLoaded: boolean;
  flight: Flight | undefined;
  usedAt: number;
  /** What it knows, whoever asked for it. The same knowledge is the same object. */
  tell(): Fact<T>;
}

export interface DocumentEntries<T> {
  /** Makes one that knows nothing where there is none. */
  get(key: string): DocumentEntry<T>;
  find(key: string): DocumentEntry<T> | undefined;
  /** Unless something is under way. */
  forget(key: string): void;
}

/** Marks a record that somebody's credential opened, in another run. */
export const FROM_DISK = 'disk';

/** Whether what an entry knows is an answer to this credential. */
export function isFor(entry: DocumentEntry<unknown>, credential: Credential | undefined): boolean {
  if (entry.credential === FROM_DISK) return credential !== undefined;
  return entry.credential === credentialText(credential);
}

/** Over so many, those are forgotten that nobody used for a while; what is in use is never asked for again and again. */
const MANY = 1_000;
const UNUSED_MS = 10 * 60 * 1000;

export function createDocumentEntries<T>(clock: ClockPort): DocumentEntries<T> {
  const entries = new Map<string, DocumentEntry<T>>();
  /** The size at which it is next worth looking for unused ones. */
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

interface Told<T> {
  readonly known: KnownAnswer<T> | undefined;
  readonly failure: DocumentEntry<T>['failure'];
  readonly stale: boolean;
  readonly fact: Fact<T>;
}

function newEntry<T>(key: string, clock: ClockPort): DocumentEntry<T> {
  let told: Told<T> = { known: undefined, failure: undefined, stale: false, fact: PENDING };
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
      if (told.known === known && told.failure === failure && told.stale === stale) return told.fact;
      told = { known, failure, stale, fact: factFrom(known, failure, now) };
      return told.fact;
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
