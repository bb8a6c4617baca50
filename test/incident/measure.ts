import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a command took, with all processes that it started. */
export interface Cost {
  readonly seconds: number;
  /** Processor time, which other programs of the machine lengthen little. */
  readonly cpu: number;
  readonly mebibytes: number | undefined;
  readonly out: string;
}

const MEMORY = join(import.meta.dirname, '../../server/tools/bench/report-memory.cjs');

/** Runs a command of a shell, whose `time` counts the processor time of all descendants. */
export function costOf(script: string, args: readonly string[], home: string): Cost {
  mkdirSync(home, { recursive: true });
  const timed = `TIMEFORMAT='%R %U %S'; time { { ${script}; } 2>/dev/null; }`;
  const { stdout, stderr, output } = spawnSync('bash', ['-c', timed, 'bash', ...args], {
    env: {
      ...process.env,
      ...{ HOME: home, XDG_CACHE_HOME: join(home, 'cache') },
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      NODE_OPTIONS: `--require=${MEMORY}`,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  const [seconds = NaN, user = NaN, system = NaN] = stderr.trim().split('\n').at(-1)!.split(' ').map(Number);
  const kibibytes = Number.parseInt(String(output[3]), 10);
  return {
    ...{ seconds, cpu: user + system, out: stdout },
    mebibytes: Number.isNaN(kibibytes) ? undefined : kibibytes / 1024,
  };
}

/** Writes the ids of all lockfile texts of each repository, for `git cat-file`. Returns their number and bytes. */
export function writeTextIds(
  repositories: readonly string[],
  folder: string,
): { readonly texts: number; readonly bytes: number } {
  mkdirSync(folder, { recursive: true });
  let [texts, bytes] = [0, 0];
  for (const [at, directory] of repositories.entries()) {
    const run = (args: readonly string[], input?: string) =>
      spawnSync('git', args, { cwd: directory, input, encoding: 'utf8', maxBuffer: 2 ** 28 }).stdout;
    const raw = run([
      'log',
      '--all',
      '--raw',
      '--no-renames',
      '--no-abbrev',
      '--diff-merges=first-parent',
      '--format=',
    ]);
    const ids = new Set<string>();
    for (const [, id] of raw.matchAll(/^:\d+ \d+ [\da-f]+ ([\da-f]+) \w\t.*(?:lock|shrinkwrap)[^/\n]*$/gm))
      if (!/^0+$/.test(id!)) ids.add(id!);
    const list = `${[...ids].join('\n')}\n`;
    writeFileSync(join(folder, String(at)), `${directory}\n${list}`);
    const sizes = run(['cat-file', '--batch-check=%(objectsize)'], list).trim().split('\n');
    texts += ids.size;
    bytes += sizes.reduce((sum, size) => sum + Number(size), 0);
  }
  return { texts, bytes };
}

/** Reads all of these texts with git, to nowhere. */
export const READ_WITH_GIT =
  'for f in "$1"/*; do { read -r d; git -C "$d" cat-file --batch --buffer; } < "$f" > /dev/null; done; true';
