import { constants } from 'node:os';
import { childProcess } from '../../builtin-on-demand.ts';
import { findProgram as findOnPath } from '../../git/git-program.ts';

/*
 * The one file of the product that starts programs other than git: for `dephygiene guard` and `dephygiene monitor`, with the
 * command that the user typed after `--`, and for guard before that with the same package manager in a copy of the project.
 * A test holds that no other does.
 */

/** Returns the absolute path of a package manager on PATH. Programs inside the project are skipped. */
export function findProgram(name: string, project: string): Promise<string | undefined> {
  const { env, platform } = process;
  const names = platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name];
  return findOnPath(names, { environment: env, platform, untrusted: [project] });
}

export interface Ended {
  /** Undefined if the program could not be started or took too long. */
  readonly code: number | undefined;
  /** What it printed; capped. */
  readonly output: string;
}

export interface QuietRun {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Those that Windows does not have are never sent. */
const FORWARDED = [...SIGNALS, 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;
/** A terminal sends these to all of its processes. */
const OF_TERMINAL: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];
const TIMEOUT_MS = 10 * 60_000;
const MOST_OUTPUT = 200_000;

/** Runs a program without input to its end, and returns what it printed. A signal to this process ends it too. */
export function runQuietly(
  program: string,
  args: readonly string[],
  { directory, environment }: QuietRun,
): Promise<Ended> {
  const [file, words, options] = startOf(program, args);
  return new Promise((resolve) => {
    const child = childProcess().spawn(file, words, {
      ...options,
      cwd: directory,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: false,
      windowsHide: true,
      timeout: TIMEOUT_MS,
    });
    let output = '';
    const keep = (text: string) => {
      output = (output + text).slice(-MOST_OUTPUT);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const stop = () => child.kill('SIGKILL');
    for (const signal of SIGNALS) process.on(signal, stop);
    const end = (ended: Ended) => {
      for (const signal of SIGNALS) process.off(signal, stop);
      resolve(ended);
    };
    child.on('error', ({ message }) => end({ code: undefined, output: message }));
    child.on('close', (code) => end({ code: code ?? undefined, output }));
  });
}

export interface TypedRun {
  /** Where its standard output goes: 1, or 2 if standard output has a report. */
  readonly out: 1 | 2;
  /** That of this process if omitted. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs the command of the user with the terminal of this process. Signals reach it, and if one ends it, it ends this
 * process too. Returns its exit code, or why it could not be started.
 */
export async function runAsTyped(
  program: string,
  args: readonly string[],
  { out, environment = process.env }: TypedRun,
): Promise<number | NodeJS.ErrnoException> {
  const [file, words, options] = startOf(program, args);
  const child = childProcess().spawn(file, words, {
    ...options,
    env: environment,
    stdio: ['inherit', out, 'inherit'],
    shell: false,
  });
  const forward = (signal: NodeJS.Signals) => {
    if (!OF_TERMINAL.includes(signal) || process.stdin.isTTY !== true) child.kill(signal);
  };
  for (const signal of FORWARDED) process.on(signal, forward);
  const ended = await new Promise<[number | null, NodeJS.Signals | null] | NodeJS.ErrnoException>(
    (resolve) => {
      child.on('error', resolve);
      child.on('close', (code, signal) => resolve([code, signal]));
    },
  );
  for (const each of FORWARDED) process.off(each, forward);
  if (!Array.isArray(ended)) return ended;
  const [code, signal] = ended;
  if (signal === null) return code ?? 1;
  process.once('beforeExit', () => process.kill(process.pid, signal));
  return 128 + constants.signals[signal];
}

type Start = [file: string, args: string[], options: { readonly windowsVerbatimArguments?: boolean }];

/** Windows starts a `.cmd` file only through its shell, for which each word is quoted. */
function startOf(program: string, args: readonly string[]): Start {
  if (!/\.cmd$/i.test(program)) return [program, [...args], {}];
  const line = [program, ...args].map(quotedForCmd).join(' ');
  const shell = process.env.comspec ?? 'cmd.exe';
  return [shell, ['/d', '/s', '/c', `"${line}"`], { windowsVerbatimArguments: true }];
}

/** Quotes a word for the program, and escapes it twice for the shell: once for it, once for the file that it starts. */
export function quotedForCmd(word: string): string {
  const quoted = `"${word.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\*)$/, '$1$1')}"`;
  const escaped = (text: string) => text.replaceAll(/[()\][%!^"`<>&|;, *?]/g, '^$&');
  return escaped(escaped(quoted));
}
