import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { type MessagePort, workerData } from 'node:worker_threads';
import type * as Program from '../../server/src/node/cli/main.ts';
import type { Ended } from './run-cli.ts';

/** What a thread needs that runs the built command line for `runInThread`. */
export interface WorkerData {
  /** The folder of the bundles. */
  readonly dist: string;
  readonly port: MessagePort;
  /** Its first element becomes 1 when the result of a run was sent. */
  readonly ended: Int32Array;
}

const { dist, port, ended } = workerData as WorkerData;
const require = createRequire(import.meta.url);
require(join(dist, 'compile-cache.js'));
const { processTerminal, runCommandLine } = require(join(dist, 'cli-main.js')) as typeof Program;

port.on('message', async (args: readonly string[]) => reply(await run(args)));
process.on('uncaughtException', (error) =>
  reply({ code: null, out: '', error: error.stack ?? error.message }),
);

function reply(result: Ended): void {
  port.postMessage(result);
  Atomics.store(ended, 0, 1);
  Atomics.notify(ended, 0);
}

/** Runs the command line as a process whose standard input is empty, and whose outputs are pipes. */
async function run(args: readonly string[]): Promise<Ended> {
  const stdout = new Collected();
  const stderr = new Collected();
  const streams = { stdin: Readable.from([]), stdout, stderr } as unknown as Pick<
    NodeJS.Process,
    'stdin' | 'stdout' | 'stderr'
  >;
  const code = await runCommandLine(args, processTerminal({ ...streams, env: process.env }));
  return { code, out: stdout.text(), error: stderr.text() };
}

class Collected extends Writable {
  readonly #chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}
