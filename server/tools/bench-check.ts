import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Comparison, figuresOf, printComparisons } from './bench/figures.ts';
import { writeLargeProject } from './bench/large-project.ts';

/**
 * Measures the built command line as a whole process, cold, on a lockfile of 4,400 packages, against what npm needs for
 * its own look at the same files without a network:
 *
 *     npm run build && node server/tools/bench-check.ts [<dist folder>]
 */
const ROUNDS = 7;

interface Candidate {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

interface Run {
  readonly milliseconds: number;
  readonly mebibytes: number | undefined;
}

const dist = process.argv[2] ?? join(import.meta.dirname, '../../dist');
const folder = mkdtempSync(join(tmpdir(), 'dephygiene-bench-'));
const project = join(folder, 'project');
const registry = await startEmptyRegistry();
try {
  await main(`http://127.0.0.1:${(registry.address() as AddressInfo).port}/`);
} finally {
  registry.close();
  rmSync(folder, { recursive: true, force: true });
}

async function main(registryUrl: string): Promise<void> {
  mkdirSync(project);
  writeLargeProject(project);
  const npm = (name: string, ...args: readonly string[]): Candidate => ({
    name: `npm ${name}`,
    command: process.platform === 'win32' ? 'npm.cmd' : 'npm',
    args: [name, ...args, '--package-lock-only', '--registry', registryUrl, '--no-update-notifier'],
  });
  const candidates: readonly Candidate[] = [
    {
      name: 'check',
      command: process.execPath,
      args: [join(dist, 'cli.js'), 'check', project, '--format', 'json', '--offline'],
    },
    { name: 'empty Node.js', command: process.execPath, args: ['-e', '0'] },
    npm('ls', '--all'),
    npm('audit'),
  ];
  const runs = candidates.map((): Run[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [at, candidate] of candidates.entries()) {
      const run = await runOnce(candidate);
      // The first round fills caches.
      if (round > 0) runs[at]!.push(run);
    }
  }
  const figures = runs.map((all) => ({
    ms: figuresOf(all.map(({ milliseconds }) => milliseconds)),
    mib: figuresOf(all.flatMap(({ mebibytes }) => mebibytes ?? [])).median,
  }));
  for (const [at, { name }] of candidates.entries()) {
    const { ms, mib } = figures[at]!;
    const peak = Number.isNaN(mib) ? '' : `  at most ${mib.toFixed(0)} MiB`;
    console.log(
      `${name.padEnd(14)} ${ms.median.toFixed(0)} ms (95th percentile ${ms.p95.toFixed(0)})${peak}`,
    );
  }
  const [check, , ls, audit] = figures.map(({ ms, mib }) => ({ ms: ms.median, mib }));
  const row = (what: string, peer: string, ours: number, theirs: number, must: number): Comparison => ({
    what,
    ours,
    peer,
    theirs,
    must,
    unit: what === 'peak memory' ? 'MiB' : 'ms',
  });
  console.log();
  printComparisons([
    row('check, cold process', 'npm ls --all', check!.ms, ls!.ms, 0.25),
    row('check, cold process', 'npm audit, empty registry', check!.ms, audit!.ms, 0.35),
    ...(Number.isNaN(check!.mib)
      ? []
      : [row('peak memory', 'npm audit, empty registry', check!.mib, audit!.mib, 1)]),
  ]);
}

/** Runs it to its end. Its exit code says what was found, so only a signal or a program that is missing is a failure. */
function runOnce({ command, args }: Candidate): Promise<Run> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const env = {
      ...process.env,
      HOME: folder,
      USERPROFILE: folder,
      XDG_CACHE_HOME: join(folder, 'cache'),
      PATH: `${dirname(process.execPath)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`,
      NODE_OPTIONS: `--require=${join(import.meta.dirname, 'bench/report-memory.cjs')}`,
    };
    const child = spawn(command, [...args], {
      cwd: project,
      env,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32',
    });
    let reported = '';
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      reported += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (code) => {
      const milliseconds = performance.now() - start;
      if (code === null) reject(new Error(`${command} ${args.join(' ')} was stopped`));
      const kibibytes = Number.parseInt(reported, 10);
      resolve({ milliseconds, mebibytes: Number.isNaN(kibibytes) ? undefined : kibibytes / 1024 });
    });
  });
}

/** A registry that knows of no advisory, so that what npm needs for itself is measured. */
function startEmptyRegistry(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.setHeader('content-type', 'application/json').end('{}'));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
