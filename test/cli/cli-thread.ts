import assert from 'node:assert/strict';
import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  SHARE_ENV,
  Worker,
} from 'node:worker_threads';
import type { WorkerData } from './cli-worker.ts';
import type { Ended } from './run-cli.ts';

const TIMEOUT_MS = 120_000;

interface Thread {
  readonly port: MessagePort;
  readonly ended: Int32Array;
}

let thread: Thread | undefined;

/** Runs the built command line in a thread of this process, which waits for its end as for a process. */
export function runInThread(
  dist: string,
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): Ended {
  // The folder and the environment of a thread are those of its process.
  const before = { cwd: process.cwd(), env: { ...process.env } };
  process.chdir(cwd);
  setEnvironment(env);
  try {
    thread ??= start(dist);
    const { port, ended } = thread;
    Atomics.store(ended, 0, 0);
    port.postMessage(args);
    assert.notEqual(Atomics.wait(ended, 0, 0, TIMEOUT_MS), 'timed-out', `${args.join(' ')} does not end`);
    return receiveMessageOnPort(port)?.message as Ended;
  } finally {
    setEnvironment(before.env);
    process.chdir(before.cwd);
  }
}

function start(dist: string): Thread {
  const { port1, port2 } = new MessageChannel();
  const ended = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const workerData: WorkerData = { dist, port: port2, ended };
  const worker = new Worker(new URL('./cli-worker.ts', import.meta.url), {
    ...{ workerData, transferList: [port2] },
    env: SHARE_ENV,
    execArgv: [],
  });
  worker.unref();
  port1.unref();
  return { port: port1, ended };
}

function setEnvironment(env: Readonly<Record<string, string | undefined>>): void {
  for (const name of Object.keys(process.env)) if (env[name] === undefined) delete process.env[name];
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && process.env[name] !== value) process.env[name] = value;
  }
}
