import { Worker } from 'node:worker_threads';
import type { ReadStatus } from '../../server/src/core/read/lockfile/model/lockfile.ts';
import { FAMILIES } from './source.ts';
import { sourcesOf } from './sources.ts';
import type { Failure, Job, Tallies, Tally } from './worker.ts';

export interface Campaign {
  readonly seed: number;
  readonly cases: number;
}

export type CampaignResult = Readonly<Record<(typeof FAMILIES)[number], Tally>>;

/** As many at once as the smallest test machine has processors. */
const WORKERS = 2;

/** A case that takes longer counts as endless; the slowest known one takes a hundredth of this. */
const HANGING_SECONDS = 60;

/**
 * Tries about that many cases, the same ones for the same seed. A case that does not end is a failure and
 * ends its worker.
 */
export async function runCampaign({ seed, cases }: Campaign): Promise<CampaignResult> {
  const parts = Array.from({ length: WORKERS }, (_, part) => part);
  const done = await Promise.all(
    parts.map((part) =>
      runPart({ seed, part, parts: WORKERS, cases: cases / WORKERS, progress: new SharedArrayBuffer(8) }),
    ),
  );
  const result = Object.fromEntries(
    FAMILIES.map((family) => [
      family,
      { cases: 0, statuses: {} as Tally['statuses'], failures: [] as Failure[] },
    ]),
  );
  for (const tallies of done) {
    for (const [family, tally] of Object.entries(tallies)) {
      const sum = result[family]!;
      sum.cases += tally.cases;
      for (const [status, count] of Object.entries(tally.statuses) as [ReadStatus, number][]) {
        sum.statuses[status] = (sum.statuses[status] ?? 0) + count;
      }
      sum.failures.push(...tally.failures);
    }
  }
  return result as unknown as CampaignResult;
}

function runPart(job: Job): Promise<Tallies> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: job });
    const at = new Int32Array(job.progress);
    let last = '';
    let seconds = 0;
    const watch = setInterval(() => {
      const source = Atomics.load(at, 0);
      const now = `${source} ${Atomics.load(at, 1)}`;
      seconds = source > 0 && now === last ? seconds + 1 : 0;
      last = now;
      if (seconds < HANGING_SECONDS) return;
      clearInterval(watch);
      void worker.terminate().then(() => resolve(hangingCase(job, source - 1, Atomics.load(at, 1))));
    }, 1000);
    worker.on('message', (tallies: Tallies) => {
      clearInterval(watch);
      resolve(tallies);
    });
    worker.on('error', (error) => {
      clearInterval(watch);
      reject(error);
    });
  });
}

function hangingCase({ seed, part, parts }: Job, source: number, number: number): Tallies {
  const { family, name } = sourcesOf(seed, part, parts)[source]!;
  const message = `no end after ${HANGING_SECONDS} s`;
  return {
    [family]: {
      cases: number,
      statuses: {},
      failures: [{ family, source: name, number, steps: [], message }],
    },
  };
}
