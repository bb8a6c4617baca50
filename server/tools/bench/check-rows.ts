import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { RULES } from '../../src/core/judge/rules/index.ts';
import type { Row } from './figures.ts';
import { CORPUS, corpusText, MADE_UP, writeMadeUpProject } from './lockfile-texts.ts';
import { npmVersion, peerFile, peerName } from './peers.ts';
import { VULNERABLE, writeVulnerableProject } from './vulnerable-project.ts';
import { type Command, type Cost, costsOf } from './whole-process.ts';

const ROUNDS = 5;
const LARGE_ROUNDS = 2;

/** Real projects with more than 2,000 packages. */
const PROJECTS = ['hoppscotch-npm-v2', 'npm-documentation-npm-v3', 'documenso-npm-v3'];

interface Paths {
  /** The built command line. */
  readonly cli: string;
  readonly folder: string;
}

/** Measures `check --offline` as a whole process, against npm's own check of the same files without a network. */
export async function checkRows(paths: Paths): Promise<readonly Row[]> {
  const registry = await startEmptyRegistry();
  try {
    const url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
    const rows: Row[] = [];
    for (const name of PROJECTS) rows.push(...(await realRows(name, url, paths)));
    rows.push(...(await largeRows(url, paths)), await vulnerableRow(url, paths));
    return rows;
  } finally {
    registry.close();
  }
}

async function realRows(name: string, registry: string, { cli, folder }: Paths): Promise<readonly Row[]> {
  const lock = corpusText(join(name, 'package-lock.json'));
  if (lock === undefined) return [];
  const project = join(folder, 'projects', name);
  cpSync(join(CORPUS, name), project, { recursive: true, filter: (path) => !path.endsWith('.gz') });
  writeFileSync(join(project, 'package-lock.json'), lock);
  const configs = writeConfigs(folder);
  const linter = peerFile('lockfile-lint/bin/lockfile-lint.js');
  const commands: Command[] = [
    checkOf(cli, project, configs.all),
    npmCommand('ls', registry, '--all'),
    npmCommand('audit', registry),
    floorOf(project),
    checkOf(cli, project, configs.lockfileOnly),
  ];
  if (linter !== undefined) commands.push(lintOf(linter, project));
  const [check, ls, audit, floor, hygiene, lint] = await costsOf(commands, project, folder, ROUNDS);
  const rows = rowsOf(`check --offline, ${name}`, check!, ls!, audit!, floor!, LIMITS);
  const lintRow = row(`its lockfile rules alone, ${name}`, 'ms', hygiene!, peerName('lockfile-lint'), lint, {
    floor: floor!.milliseconds,
    must: 0.7,
    stretch: 0.4,
  });
  return [...rows, lintRow];
}

async function largeRows(registry: string, { cli, folder }: Paths): Promise<readonly Row[]> {
  const project = join(folder, 'projects', 'made-up');
  mkdirSync(project, { recursive: true });
  writeMadeUpProject(project);
  const commands = [
    checkOf(cli, project, writeConfigs(folder).all),
    npmCommand('ls', registry, '--all'),
    npmCommand('audit', registry),
    floorOf(project),
  ];
  const [check, ls, audit, floor] = await costsOf(commands, project, folder, LARGE_ROUNDS);
  return rowsOf(`check --offline, ${MADE_UP} packages`, check!, ls!, audit!, floor!, LARGE_LIMITS);
}

/** Measures a project with many members, many vulnerable versions with their fixes, and hardly a repeated range. */
async function vulnerableRow(registry: string, { cli, folder }: Paths): Promise<Row> {
  const project = join(folder, 'projects', 'vulnerable');
  mkdirSync(project, { recursive: true });
  writeVulnerableProject(project);
  const commands = [
    checkOf(cli, project, writeConfigs(folder).all),
    npmCommand('audit', registry),
    floorOf(project),
  ];
  const [check, audit, floor] = await costsOf(commands, project, folder, LARGE_ROUNDS);
  const { locked, members, vulnerable } = VULNERABLE;
  const what = `check --offline, ${locked} packages, ${members} members, ${vulnerable} vulnerable versions`;
  const limits = { floor: floor!.milliseconds, must: 0.5, stretch: 0.25 };
  return row(what, 'ms', check!, `npm ${npmVersion()} audit, empty registry`, audit, limits);
}

interface Limits {
  readonly ls?: readonly [must: number, stretch: number];
  readonly audit: readonly [must: number, stretch: number];
}

const LIMITS: Limits = { ls: [0.25, 0.12], audit: [0.35, 0.2] };
const LARGE_LIMITS: Limits = { audit: [0.15, 0.07] };

function rowsOf(
  what: string,
  check: Cost,
  ls: Cost,
  audit: Cost,
  floor: Cost,
  limits: Limits,
): readonly Row[] {
  const beside = { floor: floor.milliseconds };
  const stub = `npm ${npmVersion()} audit, empty registry`;
  return [
    row(what, 'ms', check, stub, audit, { ...beside, must: limits.audit[0], stretch: limits.audit[1] }),
    row(what, 'ms', check, `npm ${npmVersion()} ls --all`, ls, {
      ...beside,
      must: limits.ls?.[0],
      stretch: limits.ls?.[1],
    }),
    row(`${what}, peak memory`, 'MiB', check, stub, audit, {
      floor: floor.mebibytes,
      must: 1,
      stretch: 0.75,
    }),
  ];
}

function row(
  what: string,
  unit: 'ms' | 'MiB',
  ours: Cost,
  peer: string,
  theirs: Cost | undefined,
  limits: Pick<Row, 'floor' | 'must' | 'stretch'>,
): Row {
  const figure = (cost: Cost | undefined) => (unit === 'ms' ? cost?.milliseconds : cost?.mebibytes);
  return { what, unit, ours: figure(ours) ?? Number.NaN, peer, theirs: figure(theirs), ...limits };
}

export function checkOf(cli: string, project: string, config: string): Command {
  const args = [cli, 'check', project, '--format', 'json', '--offline', '--config', config];
  return { name: 'check', command: process.execPath, args };
}

export function npmCommand(command: string, registry: string, ...args: readonly string[]): Command {
  return {
    name: `npm ${command}`,
    command: process.platform === 'win32' ? 'npm.cmd' : 'npm',
    args: [command, ...args, '--package-lock-only', '--registry', registry, '--no-update-notifier'],
  };
}

function lintOf(linter: string, project: string): Command {
  const hosts = ['registry.example.test', 'yarn-registry.example.test', 'npm'];
  const options = ['--type', 'npm', '--validate-https', '--validate-integrity', '--allowed-hosts', ...hosts];
  const args = [linter, '--path', join(project, 'package-lock.json'), ...options];
  return { name: 'lockfile-lint', command: process.execPath, args };
}

/** Reads the lockfile and scans its tokens, and nothing else. */
function floorOf(project: string): Command {
  const program = join(import.meta.dirname, 'floor-process.ts');
  return { name: 'floor', command: process.execPath, args: [program, join(project, 'package-lock.json')] };
}

/**
 * Writes configurations that declare the corpus's hosts mirrors of the public registry, as the hosts in it
 * were rewritten.
 */
export function writeConfigs(folder: string): { readonly all: string; readonly lockfileOnly: string } {
  const mirrors = ['https://registry.example.test/', 'https://yarn-registry.example.test/'];
  const others = RULES.filter(({ category }) => category !== 'lockfile').map(
    ({ id }) => [id, 'off'] as const,
  );
  const all = join(folder, 'all-rules.json');
  const lockfileOnly = join(folder, 'lockfile-rules.json');
  writeFileSync(all, JSON.stringify({ mirrors }));
  writeFileSync(lockfileOnly, JSON.stringify({ mirrors, rules: Object.fromEntries(others) }));
  return { all, lockfileOnly };
}

/** Starts a registry without advisories, so that npm's own work is measured. */
function startEmptyRegistry(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.setHeader('content-type', 'application/json').end('{}'));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
