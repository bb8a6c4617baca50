import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { groupBy } from '../../server/src/core/read/text/group-by.ts';
import { type CampaignResult, evasionCase, runCampaign } from './campaign.ts';
import { samples } from './samples.ts';

/**
 * Tries changed lockfile entries: `node test/evasions/run.ts --seed 1 --cases 100000`. Exits with 1 if one that fetches
 * something else is not reported; each such kind is listed with its count and its first case.
 */
const WORKERS = 2;

if (isMainThread) {
  const { values } = parseArgs({
    options: {
      show: { type: 'string' },
      seed: { type: 'string', default: '1' },
      cases: { type: 'string', default: '2000' },
    },
  });
  const [seed, cases] = [Number(values.seed), Number(values.cases)];
  if (values.show !== undefined) {
    const { manifest, honest, changed, changes, format } = evasionCase(
      seed,
      Number(values.show),
      samples(150),
    );
    console.log([changes.join(' + '), format, manifest, honest, '----', changed].join('\n'));
    process.exit();
  }
  const results = await Promise.all(
    Array.from({ length: WORKERS }, (_, part) =>
      inWorker(seed, Math.floor((cases * part) / WORKERS), Math.floor(cases / WORKERS)),
    ),
  );
  const silent = results.flatMap((result) => result.silent);
  const differing = results.reduce((sum, result) => sum + result.differing, 0);
  console.log(`seed ${seed}: ${cases} cases, ${differing} fetch something else, ${silent.length} silent`);
  const kinds = groupBy(silent, (one) => `${one.in} ${one.case.format}: ${one.case.changes.join(' + ')}`);
  const sorted = [...kinds].sort(
    (a, b) => a[1][0]!.case.changes.length - b[1][0]!.case.changes.length || b[1].length - a[1].length,
  );
  for (const [kind, [first, ...more]] of sorted.slice(0, 60))
    console.log(`  ${kind} (${more.length + 1}, first ${first!.number})`);
  process.exitCode = silent.length === 0 ? 0 : 1;
} else {
  const { seed, first, count } = workerData as { seed: number; first: number; count: number };
  parentPort!.postMessage(await runCampaign(seed, first, count));
}

function inWorker(seed: number, first: number, count: number): Promise<CampaignResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { seed, first, count } });
    worker.on('message', resolve);
    worker.on('error', reject);
  });
}
