import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { medianOf } from './figures.ts';

export interface Command {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

export interface Cost {
  readonly milliseconds: number;
  /** Peak memory; undefined if the process did not report it. */
  readonly mebibytes: number | undefined;
}

/** Returns medians of whole processes, started in turn, by default after a first round that fills caches. */
export async function costsOf(
  commands: readonly Command[],
  folder: string,
  home: string,
  rounds: number,
  { warmUps = 1 }: { readonly warmUps?: number } = {},
): Promise<readonly Cost[]> {
  const runs = commands.map((): Cost[] => []);
  for (let round = 0; round < rounds + warmUps; round++) {
    for (const [at, command] of commands.entries()) {
      const run = await runOnce(command, folder, home);
      if (round >= warmUps) runs[at]!.push(run);
    }
  }
  return runs.map((all) => {
    const mebibytes = all.flatMap((run) => run.mebibytes ?? []);
    return {
      milliseconds: medianOf(all.map(({ milliseconds }) => milliseconds)),
      mebibytes: mebibytes.length === 0 ? undefined : medianOf(mebibytes),
    };
  });
}

/**
 * Runs the command to its end. Its exit code depends on the findings, so only a signal or a missing program
 * is a failure.
 */
function runOnce({ command, args }: Command, folder: string, home: string): Promise<Cost> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const isWindows = process.platform === 'win32';
    const env = {
      ...process.env,
      HOME: home,
      USERPROFILE: home,
      XDG_CACHE_HOME: join(home, 'cache'),
      PATH: `${dirname(process.execPath)}${isWindows ? ';' : ':'}${process.env.PATH ?? ''}`,
      NODE_OPTIONS: `--require=${join(import.meta.dirname, 'report-memory.cjs')}`,
    };
    const child = spawn(command, [...args], {
      cwd: folder,
      env,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      shell: isWindows,
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
