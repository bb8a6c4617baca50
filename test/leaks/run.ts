import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Outcome, SET_UPS, type SetUp, tryRepository } from './campaign.ts';
import { MANAGERS } from './configuration.ts';
import { leakText } from './oracle.ts';
import { startWorld } from './world.ts';

/**
 * The long form: `node test/leaks/run.ts [--repositories=n] [--from=n] [--seed=n] [--size=n] [--lanes=n] [--least=n]
 * [--only=words of a set-up] [--rotate]`. With `--rotate`, the repositories after the first five get the two set-ups that send
 * most and one other, in turn. It runs the built product on prepared repositories and records every request on
 * loopback. For each set-up, it prints the number of requested URLs, and what reached a host that must not receive it.
 * It exits with 1 if anything did, or if all set-ups together requested fewer distinct URLs than `--least`.
 */
const option = (name: string, otherwise: number) => {
  const given = process.argv.find((each) => each.startsWith(`--${name}=`));
  return given === undefined ? otherwise : Number(given.slice(name.length + 3));
};
const only = process.argv.find((each) => each.startsWith('--only='))?.slice('--only='.length);
const rotates = process.argv.includes('--rotate');
const MOST_SENDING: ReadonlySet<SetUp> = new Set<SetUp>(['editor, trusted', 'command line, --trust']);
const seed = option('seed', 1);
/** Each has names of its own. The first one of each package manager gets every command of the command line. */
const REPOSITORIES = 25;
const SIZE = 1.2;
const [from, count] = [option('from', 0), option('repositories', REPOSITORIES)];
const least = option('least', count >= REPOSITORIES && only === undefined ? 5000 : 1);

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'leaks-')));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const started = performance.now();
const outcomes: Outcome[] = [];
const numbers = Array.from({ length: count }, (_, place) => from + place);
await Promise.all(Array.from({ length: option('lanes', 4) }, (_, lane) => tryAll(lane)));

/** Handles one repository after the other, in a world of its own. */
async function tryAll(lane: number): Promise<void> {
  const caFile = path.join(folder, `world-${lane}.pem`);
  const world = await startWorld(caFile);
  writeFileSync(caFile, world.authority.certificate);
  for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) {
    const start = performance.now();
    const setUps = setUpsOf(number);
    const made = await tryRepository(world, {
      ...{ seed, number, size: option('size', SIZE), folder, setUps, isShort: number >= MANAGERS.length },
    });
    outcomes.push(...made);
    print(made, performance.now() - start);
  }
  await world.close();
}

function setUpsOf(number: number): readonly SetUp[] {
  const all = SET_UPS.filter((each) => only === undefined || each.includes(only));
  if (!rotates || number < MANAGERS.length) return all;
  return all.filter((each, place) => MOST_SENDING.has(each) || place === number % all.length);
}

function print(made: readonly Outcome[], ms: number): void {
  const asked = made.map((each) => each.asked.size);
  console.log(`${made[0]?.repository}: ${asked.join(' ')} requests (${(ms / 1000).toFixed(1)} s)`);
  for (const { setUp, leaks, unasked, complaints } of made) {
    for (const text of new Set(leaks.map(leakText))) console.log(`  LEAK in ${setUp}: ${text}`);
    for (const { method, origin, path } of unasked)
      console.log(`  UNASKED in ${setUp}: ${method} ${origin}${path}`);
    for (const text of complaints) console.log(`  COMPLAINT in ${setUp}: ${text.slice(0, 600)}`);
  }
}

const distinct = new Set<string>();
let total = 0;
for (const setUp of SET_UPS) {
  const some = outcomes.filter((each) => each.setUp === setUp);
  const here = new Set(some.flatMap(({ asked }) => [...asked]));
  const leaks = some.reduce((sum, each) => sum + each.leaks.length + each.unasked.length, 0);
  console.log(`${setUp}: ${some.length} repositories, ${here.size} distinct requests, ${leaks} leaks`);
  total += here.size;
  for (const each of here) distinct.add(each);
}
const bad = outcomes.filter(
  ({ leaks, unasked, complaints }) => leaks.length + unasked.length + complaints.length > 0,
);
const minutes = ((performance.now() - started) / 60_000).toFixed(1);
console.log(
  `${distinct.size} distinct requests over all set-ups (${total} when each counts its own), ` +
    `${bad.length} of ${outcomes.length} uses with leaks, ${minutes} minutes`,
);
if (distinct.size < least) console.log(`Too few distinct requests: expected at least ${least}.`);
process.exit(bad.length === 0 && distinct.size >= least ? 0 : 1);
