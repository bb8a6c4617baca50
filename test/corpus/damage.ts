/**
 * Damages the lockfiles of real projects at many places: `node test/corpus/damage.ts --samples 40 --seed 1`. The exit
 * code says whether none was reported as clean.
 */
import { parseArgs } from 'node:util';
import { withoutUser } from '../unit/node/cli/run-command.ts';
import { readCorpus } from './corpus.ts';
import { damageLockfile } from './damage-campaign.ts';

const { values } = parseArgs({
  options: { samples: { type: 'string', default: '40' }, seed: { type: 'string', default: '1' } },
});

withoutUser();
let damaged = 0;
let whole = 0;
let projects = 0;
const faults: string[] = [];
for (const row of readCorpus()) {
  const counts = await damageLockfile(row, Number(values.seed), Number(values.samples));
  damaged += counts.damaged;
  whole += counts.whole;
  projects += counts.projects;
  faults.push(...counts.faults);
}
for (const fault of faults) console.log(fault);
console.log(
  `${damaged} damaged lockfiles, ${whole} of them whole without their ends; ${projects} checked and audited; ${faults.length} faults`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
