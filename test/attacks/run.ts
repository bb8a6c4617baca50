import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BASES } from './base-project.ts';
import {
  type Cell,
  cellsOf,
  type Outcome,
  storedOutcomes,
  storedProject,
  storedProjects,
  storeOutcomes,
  storeProject,
} from './fixtures.ts';
import { makeGitRepositories } from './git-repositories.ts';
import { startLoopbackHosts } from './loopback-hosts.ts';
import { makeProject, type Workshop } from './make-projects.ts';
import { type InstalledManager, installManager, MANAGERS } from './managers.ts';
import { proveHonest, provePlanted } from './prove.ts';
import { isProved, missesOf } from './reported.ts';
import { type Run, reportsOf } from './reports.ts';
import { type Judged, securityTable } from './security-table.ts';

/**
 * Verifies the table with the real package managers, which are installed by name on the first run, and runs the built
 * command line on every cell: `node test/attacks/run.ts [options] [prefix of a cell]…`. It takes a quarter of an hour.
 * Options: `--reports` keeps the earlier installs and only runs the product; `--keep-projects` keeps the honest
 * projects; `--mechanism=<pattern>` selects cells by mechanism. With a prefix or a mechanism, the page of the table is
 * not written.
 */
const ROOT = resolve(import.meta.dirname, '../..');
const CLI = process.env.ATTACKS_CLI ?? join(ROOT, 'dist/cli.js');
const PAGE = join(ROOT, 'server/docs/security-table.md');

const args = process.argv.slice(2);
const prefixes = args.filter((one) => !one.startsWith('--'));
const mechanism = args.find((one) => one.startsWith('--mechanism='))?.slice('--mechanism='.length);
const isKept = args.includes('--keep-projects');
const isWhole = prefixes.length === 0 && mechanism === undefined;
const isWanted = (id: string) => prefixes.length === 0 || prefixes.some((one) => id.startsWith(one));

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'attacks-')));
if (process.env.ATTACKS_KEEP === undefined)
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const falseHonest = args.includes('--reports') ? [] : await prove();
const missed = await judge();
for (const line of [...falseHonest, ...missed]) console.log(line);
console.log(`${falseHonest.length + missed.length === 0 ? 'all reported' : 'MISSED'}`);
process.exitCode = falseHonest.length + missed.length === 0 ? 0 : 1;

function wantedCells(): readonly Cell[] {
  return storedProjects()
    .flatMap(cellsOf)
    .filter(
      ({ id }) => isWanted(id) && (mechanism === undefined || new RegExp(mechanism).test(id.split('/')[1]!)),
    );
}

/** Creates the projects and runs the installs. Returns the honest changes that do not install properly. */
async function prove(): Promise<readonly string[]> {
  const repositories = join(folder, 'git');
  mkdirSync(repositories);
  const commits = makeGitRepositories(repositories);
  const hosts = await startLoopbackHosts(repositories);
  const shop: Workshop = { hosts, folder, commits };
  const managers = new Map<string, InstalledManager>();
  for (const one of MANAGERS) {
    const installed = installManager(one);
    if (installed === undefined) console.log(`${one.id} cannot be installed here`);
    else managers.set(one.id, installed);
  }
  for (const base of BASES) {
    const manager = managers.get(base.manager);
    if (manager === undefined || isKept || !isWanted(`${base.id}/`)) continue;
    storeProject(await makeProject(base, manager, shop), manager.version);
  }
  const outcomes: Record<string, Outcome> = {};
  const wrong: string[] = [];
  await eachOf(wantedCells(), async (cell) => {
    const manager = managers.get(cell.project.base.manager);
    if (manager === undefined) return;
    const outcome = await provePlanted(cell, manager, shop);
    outcomes[cell.id] = outcome;
    console.log(`${cell.id}: ${outcome}`);
    // The manager's own update was created by the manager.
    if (cell.mechanism.honest === undefined) return;
    const honest = await proveHonest(cell, manager, shop);
    if (honest !== 'ignores') wrong.push(`${cell.id}: the honest change ${honest}`);
  });
  storeOutcomes(outcomes, isWhole);
  await hosts.close();
  return wrong;
}

/** Runs the product on all cells, writes the page, and returns what was not reported of the proved ones. */
async function judge(): Promise<readonly string[]> {
  const outcomes = storedOutcomes();
  const cells = wantedCells().filter(({ id }) => outcomes[id] !== undefined);
  const reports = await reportsOf(cells, join(folder, 'reports'), run);
  const judged: Judged[] = cells.map((cell) => ({
    cell,
    managerVersion: storedProject(cell.project.base)!.managerVersion,
    outcome: outcomes[cell.id]!,
    report: reports.get(cell)!,
  }));
  if (isWhole) writeFileSync(PAGE, securityTable(judged));
  const proved = judged.filter(({ outcome }) => isProved(outcome));
  console.log(`${judged.length} cells, ${proved.length} proved`);
  return proved.flatMap(({ cell, report }) => missesOf(cell, report).map((miss) => `${cell.id}: ${miss}`));
}

function run(command: readonly string[]): ReturnType<Run> {
  const env = { PATH: process.env.PATH, HOME: join(folder, 'home') };
  return new Promise((done) => {
    const child = spawn(process.execPath, [CLI, ...command], { env, stdio: ['ignore', 'pipe', 'ignore'] });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.on('close', (code) => done({ code: code ?? 1, out }));
  });
}

/** Runs two at a time, as most of an install waits for the disk. */
async function eachOf(cells: readonly Cell[], work: (cell: Cell) => Promise<void>): Promise<void> {
  const waiting = [...cells];
  const one = async () => {
    for (let cell = waiting.shift(); cell !== undefined; cell = waiting.shift()) await work(cell);
  };
  await Promise.all([one(), one()]);
}
