import childProcess from 'node:child_process';
import workerThreads from 'node:worker_threads';
import type { Recorder } from './recorder.ts';
import { wrap } from './wrap.ts';

const MOST_WORDS = 40;
const FOLDER = 'DEPHYGIENE_MONITOR';

/** Records processes, worker threads and native code. Processes and threads that are Node.js are observed themselves. */
export function observeProcesses(recorder: Recorder): void {
  const started = (words: readonly unknown[]) =>
    recorder.use('processes', words.slice(0, MOST_WORDS).map(String).join('\0'));
  const missesOwn = (env: unknown) => {
    if (typeof env === 'object' && env !== null && !Object.hasOwn(env, FOLDER)) recorder.missed('child');
  };
  // All that does not wait for the end goes through here, fork and cluster too.
  wrap(childProcess.ChildProcess.prototype, 'spawn', ([options]) => {
    const { file, args, envPairs } = options as { file: unknown; args?: unknown[]; envPairs?: unknown[] };
    started(wordsOf(file, args ?? []));
    if (envPairs?.every((pair) => !String(pair).startsWith(`${FOLDER}=`)) === true) recorder.missed('child');
  });
  for (const name of ['spawnSync', 'execFileSync'])
    wrap(childProcess, name, ([file, second, third]) => {
      const args: readonly unknown[] = Array.isArray(second) ? second : [];
      const options = (Array.isArray(second) ? third : (second ?? third)) as { env?: unknown } | undefined;
      started([file, ...args]);
      missesOwn(options?.env);
    });
  wrap(childProcess, 'execSync', ([command, options]) => {
    started([command]);
    missesOwn((options as { env?: unknown } | undefined)?.env);
  });
  wrap(process, 'execve', ([file, args, env]) => {
    started([file, ...(Array.isArray(args) ? args.slice(1) : [])]);
    missesOwn(env);
    recorder.end();
  });
  wrap(workerThreads, 'Worker', ([file, options]) => {
    const { eval: isText, env } = (options ?? {}) as { eval?: unknown; env?: Record<string, unknown> };
    recorder.use('workers', isText === true ? 'a text' : String(file));
    missesOwn(typeof env === 'symbol' ? undefined : env);
  });
  wrap(process, 'dlopen', ([, file]) => recorder.use('native-code', String(file)));
  for (const name of ['binding', '_linkedBinding'])
    wrap(process, name, ([binding]) => recorder.use('native-code', `process.${name} ${String(binding)}`));
}

/** Returns the words of a command; those of a shell are one text. */
function wordsOf(file: unknown, args: readonly unknown[]): readonly unknown[] {
  const isShell = args.length === 3 && args[1] === '-c';
  const isCmd = args.length === 5 && args[1] === '/d' && args[3] === '/c';
  if (isShell) return [args[2]];
  return isCmd ? [String(args[4]).replace(/^"(.*)"$/s, '$1')] : [file, ...args.slice(1)];
}
