import type { AttestationVerdict } from '../../core/know/proof/judge-attestation.ts';
import { type Fact, PENDING, type Unavailable } from '../../core/know/registry/documents/fact.ts';
import type { ClockPort } from '../ports.ts';
import type { ProofPort } from './proof-port.ts';

/** Verdicts keyed by everything they depend on: equal inputs are verified once. */
export interface ProofChecks {
  /** @param inputs everything that the verdict depends on, as plain data */
  of<T>(inputs: readonly unknown[], document: ReadyFact): ProofCheck<T>;
  /** Returns an id that represents a large immutable value among the inputs. */
  idOf(value: object): number;
  absent(document: ReadyFact): Fact<never>;
  /** Returns one object per reason, so that comparisons of facts see no change. */
  unavailable(why: Unavailable): Fact<never>;
}

export interface ProofCheck<T> {
  /** Returns `pending` until judged. */
  fact(): Fact<T>;
  /** Returns how to judge it; undefined if that is done or impossible. */
  judge(judgement: (port: ProofPort) => Promise<T>): (() => Promise<void>) | undefined;
}

type ReadyFact = Fact<unknown> & { readonly state: 'ready' };

interface Entry {
  value: { readonly judged: unknown; readonly until: number } | undefined;
  running: Promise<void> | undefined;
  reported:
    | { readonly judged: unknown; readonly document: ReadyFact; readonly fact: Fact<unknown> }
    | undefined;
}

const MANY = 10_000;
const MINUTE = 60 * 1000;
const NO_PORT: Unavailable = { reason: 'not-provided', detail: 'signatures cannot be verified here' };

/** Creates the cache of verdicts. `port` is undefined if the platform cannot verify. */
export function createProofChecks(port: ProofPort | undefined, clock: ClockPort): ProofChecks {
  const entries = new Map<string, Entry>();
  const reasons = new Map<string, Fact<never>>();
  const absences = new WeakMap<ReadyFact, Fact<never>>();
  const ids = new WeakMap<object, number>();
  let lastId = 0;

  const unavailable = (why: Unavailable): Fact<never> => {
    const key = `${why.reason} ${why.detail}`;
    const fact = reasons.get(key) ?? { state: 'unavailable', reason: why.reason, detail: why.detail };
    if (reasons.size >= MANY) reasons.clear();
    reasons.set(key, fact);
    return fact;
  };
  const tell = (entry: Entry, judged: unknown, document: ReadyFact): Fact<unknown> => {
    const { reported } = entry;
    if (reported !== undefined && reported.judged === judged && reported.document === document)
      return reported.fact;
    const { asOf, stale } = document;
    const fact: Fact<unknown> = { state: 'ready', value: judged, asOf, stale };
    entry.reported = { judged, document, fact };
    return fact;
  };
  const run = async (entry: Entry, judging: Promise<unknown>): Promise<void> => {
    const judged = await judging;
    const until = isUnsure(judged) ? clock.now() + MINUTE : Number.POSITIVE_INFINITY;
    entry.value = { judged, until };
    entry.running = undefined;
  };
  return {
    unavailable,
    idOf(value) {
      const id = ids.get(value) ?? ++lastId;
      ids.set(value, id);
      return id;
    },
    absent(document) {
      const fact = absences.get(document) ?? { state: 'absent', asOf: document.asOf };
      absences.set(document, fact);
      return fact;
    },
    of<T>(inputs: readonly unknown[], document: ReadyFact): ProofCheck<T> {
      const key = JSON.stringify(inputs);
      const entry = entries.get(key) ?? { value: undefined, running: undefined, reported: undefined };
      if (entries.size >= MANY) entries.clear();
      entries.set(key, entry);
      return {
        fact() {
          if (port === undefined) return unavailable(NO_PORT);
          return entry.value === undefined ? PENDING : (tell(entry, entry.value.judged, document) as Fact<T>);
        },
        judge(judgement) {
          if (port === undefined) return undefined;
          if (entry.value !== undefined && clock.now() < entry.value.until) return undefined;
          return () => (entry.running ??= run(entry, judgement(port)));
        },
      };
    },
  };
}

/** Checks whether something in a list could not be verified now but perhaps can be later. */
function isUnsure(judged: unknown): boolean {
  if (!Array.isArray(judged)) return false;
  return (judged as readonly Partial<AttestationVerdict>[]).some(
    (verdict) => verdict.result === 'unknown' && 'why' in verdict && verdict.why?.reason !== 'not-provided',
  );
}
