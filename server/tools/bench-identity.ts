/**
 * Measures the detection of deceptive names by name alone, and writes the tables into server/docs/identity.md:
 *
 *     npm run bench:identity [-- <data folder>] [--ordinary <table>] [--list]
 *
 * The data folder contains the labelled lists (confusion-train.tsv, benign-lookalikes.tsv); lockfiles in a folder
 * `corpus` beside it are read for the names that real projects install. `--ordinary` is a table of `name, version,
 * downloads a month`, whose ranks 20,000 to 60,000 count as ordinary names; the page is only written with it. `--list`
 * prints each missed attack and each false alarm.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { judgeName } from '../src/core/know/identity/confusable-with.ts';
import { parsePopularNames } from '../src/core/know/identity/popular-names.ts';
import { medianOf } from './bench/figures.ts';
import { crossCheck } from './bench/identity-cross-check.ts';
import { judgeOf } from './bench/identity-figures.ts';
import {
  type Attack,
  isCore,
  readAttacks,
  readLockedNames,
  readLookAlikes,
  readRanked,
} from './bench/identity-lists.ts';
import { type IdentityFigures, identityTables, type NameSet } from './bench/identity-tables.ts';
import { machine, writeBetweenMarks } from './bench/page.ts';

const PAGE = join(import.meta.dirname, '../docs/identity.md');
const LIST = join(import.meta.dirname, '../data/popular-names.txt');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { ordinary: { type: 'string' }, list: { type: 'boolean', default: false } },
});
const folder = resolve(positionals[0] ?? join(import.meta.dirname, '../../../shared/data'));

if (existsSync(join(folder, 'confusion-train.tsv'))) bench();
else {
  console.error(
    `bench-identity: ${folder} does not hold confusion-train.tsv; give the folder of the labelled lists.`,
  );
  process.exitCode = 2;
}

function bench(): void {
  const text = readFileSync(LIST, 'utf8');
  const popular = parsePopularNames(text);
  const judge = judgeOf(popular);
  const attacks = readAttacks(folder);
  const core = attacks.filter(isCore);
  const listed = core.filter(({ target }) => popular.has(target));
  const lookAlikes = readLookAlikes(folder);
  const ranked = values.ordinary === undefined ? [] : readRanked(values.ordinary);
  const isUnpopular = ({ name }: { readonly name: string }) => !popular.has(name);
  const ordinary = ranked.slice(20_000, 60_000).filter(isUnpopular);
  const labelled = new Set(attacks.map(({ name }) => name));
  const sets: NameSet[] = [
    { label: 'popular names, the whole list', names: popular.names },
    { label: 'ordinary names, ranks 20,000 to 60,000', names: ordinary.map(({ name }) => name) },
    { label: 'hard look-alikes', names: lookAlikes.map(({ name }) => name) },
    ...[...new Set(lookAlikes.map(({ source }) => source))].map((source) => ({
      label: `of these ${source}`,
      names: lookAlikes.filter((each) => each.source === source).map(({ name }) => name),
    })),
    { label: 'names in lockfiles of real projects', names: readLockedNames(join(folder, '../corpus')) },
    {
      label: 'little used names, below rank 60,000',
      names: ranked
        .slice(60_000)
        .filter((each) => isUnpopular(each) && !labelled.has(each.name))
        .map(({ name }) => name),
    },
  ].filter(({ names }) => names.length > 0);
  const lists = {
    listed,
    core,
    lookAlikes: lookAlikes.map(({ name }) => name),
    ordinary: ordinary.map(({ name }) => name),
  };
  const figures: IdentityFigures = {
    popular: { size: popular.size, bytes: Buffer.byteLength(text) },
    judge,
    attacks,
    core,
    listed,
    sets,
    checked: crossCheck(popular, lists),
    downloads: new Map(ranked.map(({ name, downloads }) => [name, downloads ?? 0])),
    ordinary: lists.ordinary,
    lookAlikes: lists.lookAlikes,
    times: timesOf(
      sets.flatMap(({ names }) => names).filter((name) => !popular.has(name)),
      (name) => judgeName(name, popular),
    ),
  };
  const tables = identityTables(figures);
  console.log(tables);
  if (values.list) printLists(figures);
  if (values.ordinary !== undefined) {
    writeBetweenMarks(PAGE, `${machine()}\n\n${tables}`, 'npm run bench:identity');
  }
}

/**
 * Measures processor time, as the clock is useless on a busy machine: microseconds per name; milliseconds for the
 * slowest name, the best of three, and for parsing the list in a new process.
 */
function timesOf(names: readonly string[], judge: (name: string) => unknown): IdentityFigures['times'] {
  const few = names.slice(0, 50_000);
  for (let round = 0; round < 2; round++) for (const name of few) judge(name);
  const start = process.threadCpuUsage();
  for (const name of few) judge(name);
  const spent = process.threadCpuUsage(start);
  const mean = (spent.user + spent.system) / few.length;
  const slowest = few.reduce((most, name) => {
    const times = Array.from({ length: 3 }, () => timeOf(() => judge(name)));
    return Math.max(most, Math.min(...times));
  }, 0);
  const program = join(import.meta.dirname, 'bench/identity-process.ts');
  const processes = Array.from({ length: 15 }, () => {
    const printed = execFileSync(process.execPath, [program], { encoding: 'utf8' });
    return JSON.parse(printed) as { read: number; first: number };
  });
  return {
    mean,
    slowest,
    read: medianOf(processes.map(({ read }) => read)),
    first: medianOf(processes.map(({ first }) => first)),
  };
}

/** Measures by the clock, as a call is shorter than the resolution of processor time. */
function timeOf(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function printLists({ judge, core, listed, ordinary, lookAlikes }: IdentityFigures): void {
  const isListed = new Set<Attack>(listed);
  for (const attack of core) {
    const { name, target } = attack;
    const said = judge(name)?.target;
    if (said !== target && isListed.has(attack))
      console.log(`missed ${name} for ${target}: ${said ?? 'nothing'}`);
  }
  for (const name of [...lookAlikes, ...ordinary]) {
    const verdict = judge(name);
    if (verdict !== undefined) console.log(`${verdict.confidence} ${name} ${verdict.evidence}`);
  }
}
