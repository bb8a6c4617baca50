import { parentPort, workerData } from 'node:worker_threads';
import type { ReadStatus } from '../../server/src/core/read/lockfile/model/lockfile.ts';
import { mutantOf, outcomeOf, type Prepared, prepare } from './cases.ts';
import type { Family } from './source.ts';
import { sourcesOf } from './sources.ts';

/** The task of a worker: its share of the sources, with about that many cases. */
export interface Job {
  readonly seed: number;
  readonly part: number;
  readonly parts: number;
  readonly cases: number;
  /** Receives the number of the current source, counted from 1, and of its case; 0 during preparation. */
  readonly progress: SharedArrayBuffer;
}

/** A failed case; the number is -1 if the source itself fails. */
export interface Failure {
  readonly family: Family;
  readonly source: string;
  readonly number: number;
  readonly steps: readonly string[];
  readonly message: string;
}

export interface Tally {
  cases: number;
  /** The number of cases by status. */
  readonly statuses: Partial<Record<ReadStatus, number>>;
  readonly failures: Failure[];
}

export type Tallies = Partial<Record<Family, Tally>>;

/** A small text is tried more often than a large one, so that each costs about the same. */
const SMALL = 5000;

/** More failures of one source add nothing. */
const MOST_FAILURES = 3;

parentPort?.postMessage(runJob(workerData as Job));

function runJob({ seed, part, parts, cases, progress }: Job): Tallies {
  const at = new Int32Array(progress);
  const tallies: Tallies = {};
  const prepared = sourcesOf(seed, part, parts).flatMap((source) => {
    const { family, name } = source;
    tallies[family] ??= { cases: 0, statuses: {}, failures: [] };
    try {
      return [prepare(source)];
    } catch (error) {
      tallies[family].failures.push({ family, source: name, number: -1, steps: [], message: String(error) });
      return [];
    }
  });
  const weights = prepared.map(({ source }) => Math.min(1, SMALL / source.text.length));
  const share = cases / weights.reduce((sum, weight) => sum + weight, 0);
  for (const [number, item] of prepared.entries()) {
    Atomics.store(at, 0, number + 1);
    tryCases(item, seed, Math.ceil(share * weights[number]!), tallies[item.source.family]!, at);
  }
  return tallies;
}

function tryCases(item: Prepared, seed: number, count: number, tally: Tally, at: Int32Array): void {
  let failed = 0;
  for (let number = 0; number < count; number++) {
    Atomics.store(at, 1, number);
    const mutant = mutantOf(item, seed, number);
    const { status, message } = outcomeOf(item, mutant);
    tally.cases++;
    if (status !== undefined) tally.statuses[status] = (tally.statuses[status] ?? 0) + 1;
    if (message === undefined || failed++ >= MOST_FAILURES) continue;
    const { family, name } = item.source;
    tally.failures.push({ family, source: name, number, steps: mutant.steps, message });
  }
}
