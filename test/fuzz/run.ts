import { parseArgs } from 'node:util';
import { runCampaign } from './campaign.ts';
import { mutantOf, outcomeOf, prepare } from './cases.ts';
import { sourcesOf } from './sources.ts';

/**
 * Tries changed lockfiles for a given time: `node test/fuzz/run.ts --seed 7 --minutes 30`; each round has the next
 * seed. `--seed 7 --source "made-up bun 3" --number 12` prints the text of one case and what is wrong with it.
 */
const CASES = 24_000;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '1' },
    source: { type: 'string' },
    number: { type: 'string', default: '0' },
  },
});

process.exitCode = values.source === undefined ? await tryRounds() : showCase(values.source);

async function tryRounds(): Promise<number> {
  const end = performance.now() + Number(values.minutes) * 60_000;
  let failed = 0;
  for (let seed = Number(values.seed); performance.now() < end; seed++) {
    const start = performance.now();
    const result = await runCampaign({ seed, cases: CASES });
    const tallies = Object.entries(result);
    const cases = tallies.reduce((sum, [, tally]) => sum + tally.cases, 0);
    const failures = tallies.flatMap(([, tally]) => tally.failures);
    const seconds = (performance.now() - start) / 1000;
    console.log(`seed ${seed}: ${cases} cases in ${seconds.toFixed(1)} s, ${failures.length} failures`);
    for (const { source, number, steps, message } of failures) {
      console.log(
        `  --seed ${seed} --source "${source}" --number ${number} (${steps.join(', ')})\n    ${message}`,
      );
    }
    failed += failures.length;
  }
  return failed === 0 ? 0 : 1;
}

function showCase(name: string): number {
  const seed = Number(values.seed);
  const source = sourcesOf(seed).find((candidate) => candidate.name === name);
  if (source === undefined) {
    console.error(`no source is named ${name}`);
    return 2;
  }
  const prepared = prepare(source);
  const mutant = mutantOf(prepared, seed, Number(values.number));
  const { status, message } = outcomeOf(prepared, mutant);
  process.stdout.write(mutant.text);
  console.error(`\n${mutant.steps.join(', ')}\n${status}: ${message ?? 'nothing is wrong with that'}`);
  return message === undefined ? 0 : 1;
}
