/**
 * Writes an inventory of generated repositories, compares its rows with what the parsers of other projects read at HEAD, and
 * the answers of DuckDB to all named questions with those of ClickHouse, whose tables are made by the statements of
 * server/docs/inventory.md. Needs the corpus beside the checkout, and the engines, which it installs (600 MB).
 *
 *     npm run build && node test/inventory/run.ts [--repositories 200] [--set <folder>]
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CORPUS } from '../../server/tools/bench/lockfile-texts.ts';
import { installPeers } from '../../server/tools/bench/peers.ts';
import { independentVersions } from '../incident/independent-reader.ts';
import { writeRepositorySet } from '../incident/repository-set.ts';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
const PAGE = join(import.meta.dirname, '../../server/docs/inventory.md');
const QUESTIONS: readonly (readonly string[])[] = [
  ...['chalk', 'debug', '@babel/core', 'not-in-any'].flatMap((name) => [
    ['who-uses', name],
    ['versions', name],
  ]),
  ['who-uses', 'ms@2.1.3'],
  ...['internal', 'internal-users', 'publishers', 'scripts', 'licenses'].map((name) => [name]),
];

/** Numbers of 64 bits may be texts. */
function plainRow(row: readonly unknown[]): readonly (string | null)[] {
  return row.map((value) => (value === null ? null : String(value)));
}

const { values } = parseArgs({
  options: { repositories: { type: 'string', default: '200' }, set: { type: 'string' } },
});

if (existsSync(CORPUS)) await main();
else console.log('skipped: the corpus is not beside the checkout');

async function main(): Promise<void> {
  installPeers();
  const engines = installEngines();
  const work = mkdtempSync(join(tmpdir(), 'dephygiene-inventory-'));
  try {
    const set = values.set ?? join(work, 'set');
    if (!existsSync(set))
      await writeRepositorySet({ folder: set, repositories: Number(values.repositories), commits: 3 });
    const folder = join(work, 'inventory');
    for (const what of ['first', 'second']) {
      const start = performance.now();
      const { status, stdout } = run(['inventory', '--repos', set, '--out', folder]);
      console.log(
        `${what} run: ${Math.round(performance.now() - start)} ms, exit code ${status}, ${stdout.trim()}`,
      );
      if (status !== 0) process.exitCode = 1;
    }
    compareRows(set, folder);
    compareAnswers(folder, engines);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function run(args: readonly string[]) {
  return spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    env: { ...process.env, NODE_PATH: join(import.meta.dirname, 'node_modules') },
  });
}

type Rows = readonly (readonly unknown[])[];

function askDuckDb(folder: string, question: readonly string[]): Rows {
  const { stdout, stderr } = run(['inventory', 'query', ...question, '--in', folder, '--json']);
  if (stderr !== '') throw new Error(stderr);
  return (JSON.parse(stdout) as { readonly rows: Rows }).rows;
}

/** Compares the registry packages of each lockfile at HEAD. */
function compareRows(set: string, folder: string): void {
  const sql = "SELECT repository, lockfile, name, version FROM packages WHERE source = 'registry'";
  const ours = new Map<string, Set<string>>();
  let rows = 0;
  for (const [repository, lockfile, name, version] of askDuckDb(folder, [sql])) {
    const key = `${repository} ${lockfile}`;
    const known = ours.get(key) ?? new Set();
    ours.set(key, known.add(`${name}@${version}`));
    rows++;
  }
  let theirs = 0;
  for (const repository of readdirSync(set)) {
    const git = (...args: readonly string[]) =>
      execFileSync('git', args, { cwd: join(set, repository), encoding: 'utf8', maxBuffer: 2 ** 28 });
    for (const path of git('ls-tree', '-r', '--name-only', 'HEAD').split('\n')) {
      if (!/(?:lock\.json|shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock)$/.test(path)) continue;
      const versions = independentVersions(path, git('show', `HEAD:${path}`));
      theirs += versions.size;
      const own = ours.get(`${repository} ${path}`) ?? new Set();
      const differing = [
        ...[...versions].filter((each) => !own.has(each)),
        ...[...own].filter((each) => !versions.has(each)),
      ];
      if (differing.length === 0) continue;
      console.error(
        `${repository} ${path}: ${differing.length} differ, such as ${differing.slice(0, 3).join(', ')}`,
      );
      process.exitCode = 1;
    }
  }
  console.log(`rows of registry packages: ${rows}; counted independently: ${theirs}`);
  if (rows !== theirs) process.exitCode = 1;
}

interface ClickHouse {
  query(sql: string, format: string): string;
  close(): void;
}

function compareAnswers(folder: string, load: NodeJS.Require): void {
  const { Session } = load('chdb') as { readonly Session: new () => ClickHouse };
  const session = new Session();
  try {
    for (const statement of documentedStatements(folder)) session.query(statement, 'JSONCompact');
    for (const question of QUESTIONS) {
      const { stdout: sql } = run(['inventory', 'query', ...question, '--sql']);
      const answer = session.query(sql.trim().replace(/;$/, ''), 'JSONCompact');
      const theirs = (JSON.parse(answer) as { readonly data: Rows }).data;
      const ours = askDuckDb(folder, question);
      const isSame = JSON.stringify(ours.map(plainRow)) === JSON.stringify(theirs.map(plainRow));
      console.log(
        `${question.join(' ')}: ${ours.length} rows, ${isSame ? 'the same' : 'DIFFERENT'} on ClickHouse`,
      );
      if (!isSame) process.exitCode = 1;
    }
  } finally {
    session.close();
  }
}

/** Returns the statements of the page, for the folder. */
function documentedStatements(folder: string): readonly string[] {
  const [, sql = ''] = /## ClickHouse[\s\S]*?```sql\n([\s\S]*?)```/.exec(readFileSync(PAGE, 'utf8')) ?? [];
  return sql
    .replaceAll("file('inventory/", `file('${folder}/`)
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function installEngines(): NodeJS.Require {
  // `npm ci` refuses a lockfile without the optional packages of other platforms.
  const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  if (!existsSync(join(import.meta.dirname, 'node_modules')))
    execFileSync('npm', ['install', ...options], { cwd: import.meta.dirname });
  return createRequire(join(import.meta.dirname, 'package.json'));
}
