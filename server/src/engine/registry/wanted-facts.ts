import type { Uri } from '../../core/read/text/paths/uri.ts';
import type { AbortSignalLike, ClockPort } from '../ports.ts';
import { type AbortSource, createAbortSource } from './abort-source.ts';

export interface WantedFact {
  /** Whether it is known, but stale or a failure. */
  readonly isKnown: boolean;
  /** Requests it and returns whether its state changed, including to unavailable. */
  ask(signal: AbortSignalLike): Promise<boolean>;
}

/** The facts that the last check of each file requested and did not find, or found stale. */
export interface WantedFacts {
  /** Sets what a file wants now, by key. What no file wants any more, such as a half typed name, is dropped. */
  want(uri: Uri, facts: ReadonlyMap<string, WantedFact>): void;
  /** Called after an edit: requests wait until the typing pauses. */
  edited(): void;
  /** Lets what is known be requested again at once, in case it is a failure. */
  tryAgain(): void;
  /** The number of pending requests. */
  readonly asked: number;
  /** Resolves when nothing is requested any more; `told` is called with the number left after each answer. */
  answered(reported: (left: number) => void): Promise<void>;
  dispose(): void;
}

const QUIET_MS = 500;
/** Answers within this time are reported together, so that hundreds do not cause hundreds of checks. */
const BURST_MS = 50;

/** Stale facts are requested again after that time, however often files are checked meanwhile. */
const AGAIN_MS = 30 * 1000;
const MANY = 10_000;

interface Wanted {
  readonly source: AbortSource;
  readonly by: Set<Uri>;
}

export function createWantedFacts(clock: ClockPort, onArrived: () => void): WantedFacts {
  const wanted = new Map<string, Wanted>();
  const keysOf = new Map<Uri, ReadonlySet<string>>();
  const answeredAt = new Map<string, number>();
  const disposal = createAbortSource();
  const flights = new Set<Promise<void>>();
  /** A single waiter: a race of thousands on each answer would keep millions of reactions. */
  let onLanded: () => void = () => {};
  let editedAt: number | undefined;
  let isTelling = false;

  const tell = async (): Promise<void> => {
    if (isTelling) return;
    isTelling = true;
    await clock.wait?.(BURST_MS, disposal.signal);
    isTelling = false;
    if (!disposal.signal.aborted) onArrived();
  };
  const ask = async (key: string, mine: Wanted, fact: WantedFact): Promise<void> => {
    const { signal } = mine.source;
    while (editedAt !== undefined && clock.wait !== undefined && !signal.aborted) {
      const rest = editedAt + QUIET_MS - clock.now();
      if (rest <= 0 || rest > QUIET_MS) break;
      await clock.wait(rest, signal);
    }
    if (answeredAt.size >= MANY) answeredAt.clear();
    const isNew = !signal.aborted && (await fact.ask(signal));
    if (wanted.get(key) === mine) wanted.delete(key);
    if (signal.aborted) return;
    // A fact that was missing may have been loaded from disk, and be stale.
    if (fact.isKnown) answeredAt.set(key, clock.now());
    if (isNew) await tell();
  };
  const leave = (uri: Uri, key: string): void => {
    const entry = wanted.get(key);
    entry?.by.delete(uri);
    if (entry === undefined || entry.by.size > 0) return;
    wanted.delete(key);
    entry.source.abort();
  };

  return {
    want(uri, facts) {
      if (disposal.signal.aborted) return;
      for (const key of keysOf.get(uri) ?? []) if (!facts.has(key)) leave(uri, key);
      if (facts.size === 0) keysOf.delete(uri);
      else keysOf.set(uri, new Set(facts.keys()));
      for (const [key, fact] of facts) {
        const known = wanted.get(key);
        if (known !== undefined) {
          known.by.add(uri);
          continue;
        }
        if (fact.isKnown && clock.now() < (answeredAt.get(key) ?? -AGAIN_MS) + AGAIN_MS) continue;
        const mine = { source: createAbortSource(), by: new Set([uri]) };
        wanted.set(key, mine);
        const flight = ask(key, mine, fact).finally(() => {
          flights.delete(flight);
          onLanded();
        });
        flights.add(flight);
      }
    },
    edited() {
      editedAt = clock.now();
    },
    tryAgain: () => answeredAt.clear(),
    get asked() {
      return flights.size;
    },
    async answered(reported) {
      while (flights.size > 0) {
        await new Promise<void>((resolve) => {
          onLanded = resolve;
        });
        reported(flights.size);
      }
    },
    dispose() {
      disposal.abort();
      for (const { source } of wanted.values()) source.abort();
      wanted.clear();
    },
  };
}
