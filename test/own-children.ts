import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { constants } from 'node:os';

/** Windows has no process groups. */
const HAS_GROUPS = process.platform !== 'win32';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** How long a child may take to end those that it started in groups of their own, such as the server of an editor. */
const TIME_TO_END_MS = 5000;

const running = new Set<ChildProcess>();
const ending = new AbortController();

/** Aborted by Ctrl-C, for what starts processes by itself. */
export const ended: AbortSignal = ending.signal;

/** How a child ended: its exit code as text, its signal, or why it did not start or was ended. */
export type End = string;

export interface ChildOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** In milliseconds. */
  readonly limit: number;
  /** Where it is a script of the shell, as programs of packages are on Windows. */
  readonly shell?: boolean;
  readonly onOutput?: (text: string) => void;
  readonly onErrors: (text: string) => void;
}

/** Starts a process that leads a group of its own, which a time limit and Ctrl-C end as a whole. */
export function startChild(
  program: string,
  args: readonly string[],
  { limit, onOutput, onErrors, ...options }: ChildOptions,
): Promise<End> {
  return new Promise((resolve) => {
    const stdio: StdioOptions = ['ignore', onOutput === undefined ? 'ignore' : 'pipe', 'pipe'];
    const child = spawn(program, args, { ...options, stdio, detached: HAS_GROUPS });
    running.add(child);
    let late: string | undefined;
    const timer = setTimeout(async () => {
      late = `no end within ${limit / 1000} s`;
      await endChild(child);
      end(late);
    }, limit);
    const end = (how: End) => {
      clearTimeout(timer);
      running.delete(child);
      resolve(late ?? how);
    };
    if (onOutput !== undefined) child.stdout?.setEncoding('utf8').on('data', onOutput);
    child.stderr?.setEncoding('utf8').on('data', onErrors);
    child.on('error', ({ message }) => end(message));
    child.on('close', (code, signal) => end(`${signal ?? code}`));
  });
}

/** Ends all children with this process: before it when a signal ends it, else what is left. */
export function endChildrenWithThisProcess(): void {
  process.once('exit', () => {
    for (const child of running) kill(child, 'SIGTERM');
  });
  for (const signal of SIGNALS)
    process.once(signal, async () => {
      ending.abort();
      await Promise.all([...running].map(endChild));
      process.exit(128 + constants.signals[signal]);
    });
}

/** Asks the group of a child to end, and ends what is left of it after a while. */
async function endChild(child: ChildProcess): Promise<void> {
  // Not when its output closes: what left the group may still hold it.
  const hasEnded = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  const exit = hasEnded ? undefined : new Promise<void>((resolve) => child.once('exit', () => resolve()));
  kill(child, 'SIGTERM');
  const timer = setTimeout(() => kill(child, 'SIGKILL'), TIME_TO_END_MS);
  await exit;
  clearTimeout(timer);
  kill(child, 'SIGKILL');
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (HAS_GROUPS) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // All of it has ended already.
  }
}
