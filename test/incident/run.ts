/**
 * Measures `incident --history` on generated repositories and compares it with commits that are checked out. With --write,
 * writes the table server/docs/incident-table.md. Needs bash, the corpus beside the checkout and the parsers of test/bench.
 *
 *     npm run build && node test/incident/run.ts [--repositories 200] [--commits 100] [--samples 500] [--rounds 3] [--write]
 *             [--set <folder>]
 *
 * git and the command run in turn, as often as --rounds says. With --set, the repositories in that folder are used, or
 * written there. Fails where a limit is missed, or a commit differs.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CORPUS } from '../../server/tools/bench/lockfile-texts.ts';
import { installPeers } from '../../server/tools/bench/peers.ts';
import type { IncidentJson } from '../cli/run-incident.ts';
import { compareCheckedOut } from './checked-out.ts';
import { costOf, READ_WITH_GIT, writeTextIds } from './measure.ts';
import { PLANTED, writePlantedList, writeRepositorySet } from './repository-set.ts';
import { type Measured, type MeasuredSize, tablePage } from './table-page.ts';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
const PAGE = join(import.meta.dirname, '../../server/docs/incident-table.md');
const LISTED = join(CORPUS, '../data/compromised-incidents.tsv');

const { values } = parseArgs({
  options: {
    repositories: { type: 'string', default: '200' },
    commits: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '3' },
    samples: { type: 'string', default: '500' },
    set: { type: 'string' },
    write: { type: 'boolean' },
  },
});
const [repositories, commits] = [Number(values.repositories), Number(values.commits)];

if (existsSync(CORPUS)) await main();
else console.log('skipped: the corpus is not beside the checkout');

async function main(): Promise<void> {
  installPeers();
  const work = mkdtempSync(join(tmpdir(), 'dephygiene-incident-'));
  try {
    const set = values.set ?? join(work, 'set');
    if (!existsSync(set)) await writeRepositorySet({ folder: set, repositories, commits });
    const all = repositoriesIn(set).slice(0, repositories);
    const planted = join(work, 'planted.txt');
    writePlantedList(planted);
    const questions = ['not-in-any-lockfile@1.77.1', planted, LISTED];
    const names = [
      'a version that none locks',
      `${PLANTED.length} versions, locked by a third`,
      '5,800 versions of real incidents',
    ];
    const texts = writeTextIds(all, join(work, 'ids'));
    const rows: Measured[] = questions.map((question, at) => measure(names[at]!, question, all, work));
    const report = JSON.parse(rows[1]!.pairs[0]!.first.out) as IncidentJson;
    const folder = join(work, 'clones');
    mkdirSync(folder);
    const bad = PLANTED.map(([name, version]) => `${name}@${version}`);
    const sampled = compareCheckedOut(report, bad, { count: Number(values.samples), folder });
    console.log(`${sampled.commits} commits, ${sampled.hits} hits, ${sampled.differences.length} differ`);
    const sizes: MeasuredSize[] = [4, 2].map((part) =>
      sizeOf(all.slice(0, Math.ceil(all.length / part)), commits, work),
    );
    sizes.push({
      ...{ repositories: all.length, commitsEach: commits },
      ...{ ...texts, cost: rows[0]!.pairs[0]!.first },
    });
    const few = Math.min(10, all.length);
    for (const factor of [0.5, 2]) {
      const folder = join(work, `commits-${factor}`);
      await writeRepositorySet({ folder, repositories: few, commits: commits * factor });
      sizes.push(sizeOf(repositoriesIn(folder), commits * factor, work));
    }
    sizes.push(sizeOf(all.slice(0, few), commits, work));
    const page = tablePage({
      ...texts,
      repositories: all.length,
      commits: all.length * commits,
      rows,
      sizes,
      sampled,
    });
    for (const each of [...page.failures, ...sampled.differences]) console.error(each);
    if (page.failures.length + sampled.differences.length > 0) process.exitCode = 1;
    if (values.write === true) writeFileSync(PAGE, page.text);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function repositoriesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}

function run(question: string, all: readonly string[], home: string) {
  const script = `${JSON.stringify(process.execPath)} ${JSON.stringify(CLI)} incident "$@" --history --json`;
  return costOf(script, [question, ...all], home);
}

function measure(name: string, question: string, all: readonly string[], work: string): Measured {
  const pairs = Array.from({ length: Number(values.rounds) }, (_, round) => {
    const home = join(work, `home-${round}`);
    const git = costOf(READ_WITH_GIT, [join(work, 'ids')], home);
    const first = run(question, all, home);
    const again = run(question, all, home);
    rmSync(home, { recursive: true, force: true });
    console.log(name, ...[git, first, again].map(({ seconds, cpu, mebibytes }) => [seconds, cpu, mebibytes]));
    return { git, first, again };
  });
  return { name, pairs };
}

function sizeOf(all: readonly string[], commitsEach: number, work: string): MeasuredSize {
  const ids = join(work, `ids-${all.length}-${commitsEach}`);
  const { texts, bytes } = writeTextIds(all, ids);
  const home = join(work, 'home-size');
  const cost = run('not-in-any-lockfile@1.77.1', all, home);
  rmSync(home, { recursive: true, force: true });
  console.log(all.length, commitsEach, texts, bytes, cost.seconds, cost.cpu, cost.mebibytes);
  return { repositories: all.length, commitsEach, texts, bytes, cost };
}
