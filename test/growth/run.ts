import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ProjectFiles, SHAPES } from './shapes.ts';

/**
 * Measures how the processor time of commands grows with projects that hold one thing over and over:
 * `node test/growth/run.ts [--command check] [--shape yarn.lock]`. Exits with 1 if a project four times as large takes
 * over eight times as long, beside the start.
 */
const CLI = join(import.meta.dirname, '../../dist/cli.js');
const SIZES = [3000, 12_000] as const;
const MOST = 8;
/** In a second. */
const TICKS = 100;
/** Less than this is no growth to speak of, in seconds. */
const LITTLE = 0.6;
const COMMANDS = [
  ...['check --offline', 'audit --offline', 'outdated --offline', 'scripts', 'graph', 'why a1', 'unused'],
  ...[
    'sbom --format cyclonedx',
    'check --offline --format sarif',
    'report --offline --force --output r.html',
  ],
];

const { values } = parseArgs({ options: { command: { type: 'string' }, shape: { type: 'string' } } });
const folder = mkdtempSync(join(tmpdir(), 'growth-'));
const failures: string[] = [];
try {
  for (const command of COMMANDS.filter((each) => each.startsWith(values.command ?? ''))) {
    const start = secondsOf(command, { 'package.json': '{}' });
    for (const [shape, filesOf] of Object.entries(SHAPES)) {
      if (values.shape !== undefined && shape !== values.shape) continue;
      const [few, many] = SIZES.map((size) => secondsOf(command, filesOf(size)));
      const growth = (many! - start) / Math.max(few! - start, 0.05);
      const line = `${command}, ${shape}: ${few!.toFixed(2)} s, ${many!.toFixed(2)} s`;
      console.log(line);
      if (many! - start > LITTLE && growth > MOST) failures.push(line);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(failures.length === 0 ? 'all grow with the size' : `too slow:\n${failures.join('\n')}`);
process.exitCode = failures.length === 0 ? 0 : 1;

/** Returns the processor time of a command over a project. */
function secondsOf(command: string, files: ProjectFiles): number {
  const project = join(folder, 'project');
  rmSync(project, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  const before = childrenSeconds();
  const { signal } = spawnSync(process.execPath, [CLI, ...command.split(' ')], {
    ...{ cwd: project, stdio: 'ignore', timeout: 120_000 },
  });
  return signal === null ? childrenSeconds() - before : Number.POSITIVE_INFINITY;
}

/** Returns the processor time of all processes that this one started and that ended, by Linux's `/proc`. */
function childrenSeconds(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[13]) + Number(fields[14])) / TICKS;
}
