/**
 * Measures what `monitor` costs a small HTTP server, beside the same server without it in the same run, and writes the table
 * into server/docs/monitor.md:
 *
 *     node server/tools/bench-monitor.ts [--write]
 *
 * Both servers answer requests on loopback in turn. Needs dist/.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { machine, writeBetweenMarks } from './bench/page.ts';

const ROOT = join(import.meta.dirname, '../..');
const CLI = join(ROOT, 'dist/cli.js');
const ROUNDS = 40;
const REQUESTS = 500;
const CONNECTIONS = 8;

/** Servers by what each request does. */
const SERVERS = {
  'a JSON answer': `(request, response) => response.end(JSON.stringify({ path: request.url, numbers: [1, 2, 3] }))`,
  'two variables of the environment, a file that is read, three async functions': `async (request, response) => {
    const step = async (value) => value;
    const mode = process.env.NODE_ENV ?? process.env.MODE;
    const text = require('fs').readFileSync(__filename, 'utf8');
    response.end(JSON.stringify({ path: request.url, size: await step(await step(await step(text.length))), mode }));
  }`,
};

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });

interface Server {
  readonly process: ChildProcess;
  readonly port: number;
  readonly agent: Agent;
}

interface Round {
  /** Milliseconds of the server's processor for one request. */
  readonly processor: number;
  /** Requests in a second. */
  readonly rate: number;
}

await main();

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-monitor-'));
  try {
    const rows: string[] = [];
    for (const [name, handler] of Object.entries(SERVERS)) {
      const file = join(folder, 'server.cjs');
      writeFileSync(file, serverText(handler));
      const plain = await start([file]);
      const watched = await start([
        CLI,
        'monitor',
        '--output',
        join(folder, 'report.txt'),
        '--',
        process.execPath,
        file,
      ]);
      const rounds: { readonly plain: Round[]; readonly watched: Round[] } = { plain: [], watched: [] };
      for (let at = 0; at <= ROUNDS; at++) {
        const order = at % 2 === 0 ? (['plain', 'watched'] as const) : (['watched', 'plain'] as const);
        for (const which of order) {
          const round = await load(which === 'plain' ? plain : watched);
          // The first one warms up.
          if (at > 0) rounds[which].push(round);
        }
      }
      for (const server of [plain, watched]) await end(server);
      const [before, after] = [rounds.plain, rounds.watched].map((all) => ({
        processor: median(all.map(({ processor }) => processor)),
        rate: median(all.map(({ rate }) => rate)),
      }));
      const ratios = rounds.plain.map(({ processor }, at) => rounds.watched[at]!.processor / processor);
      const more = ((median(ratios) - 1) * 100).toFixed(1);
      const us = (ms: number) => `${(ms * 1000).toFixed(1)} µs`;
      rows.push(
        `| ${name} | ${us(before!.processor)} | ${us(after!.processor)} | ${more} % | ${Math.round(before!.rate)}/s | ${Math.round(after!.rate)}/s |`,
      );
    }
    const [plain, watched] = starts(folder);
    const table = [
      `${ROUNDS} rounds of ${REQUESTS} requests each over ${CONNECTIONS} connections, in turn. Medians; the overhead is that of the ratios. ${machine()}`,
      '',
      '| Each request does | processor time | with `monitor` | overhead | requests | with `monitor` |',
      '|---|--:|--:|--:|--:|--:|',
      ...rows,
      '',
      `A process starts in ${plain!.toFixed(0)} ms, and observed in ${watched!.toFixed(0)} ms.`,
    ].join('\n');
    console.log(table);
    if (values.write) writeBetweenMarks(join(ROOT, 'server/docs/monitor.md'), table, 'bench-monitor');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function serverText(handler: string): string {
  return `const handler = ${handler};
const { createServer } = require('http');
createServer((request, response) => {
  if (request.url === '/end') process.exit();
  if (request.url !== '/used') return handler(request, response);
  const { user, system } = process.cpuUsage();
  response.end(String((user + system) / 1000));
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
`;
}

async function start(args: readonly string[]): Promise<Server> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    process: child,
    port: Number(line),
    agent: new Agent({ keepAlive: true, maxSockets: CONNECTIONS }),
  };
}

async function load(server: Server): Promise<Round> {
  const before = Number(await ask(server, '/used'));
  const began = performance.now();
  let left = REQUESTS;
  const client = async () => {
    while (left-- > 0) await ask(server, '/');
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  const seconds = (performance.now() - began) / 1000;
  const used = Number(await ask(server, '/used')) - before;
  return { processor: used / REQUESTS, rate: REQUESTS / seconds };
}

function ask({ port, agent }: Server, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve(text));
    }).on('error', reject);
  });
}

async function end(server: Server): Promise<void> {
  const closed = once(server.process, 'close');
  await ask(server, '/end').catch(() => undefined);
  server.agent.destroy();
  await closed;
}

/** Returns the median start of an empty program in milliseconds, without and with what `monitor` loads. */
function starts(folder: string): readonly number[] {
  const file = join(folder, 'empty.cjs');
  writeFileSync(file, '');
  const own = {
    NODE_OPTIONS: `--require="${join(ROOT, 'dist/monitor-preload.js')}"`,
    DEPHYGIENE_MONITOR: folder,
  };
  const times: [number[], number[]] = [[], []];
  for (let at = 0; at < ROUNDS; at++)
    for (const [which, env] of [{}, own].entries()) {
      const began = performance.now();
      spawnSync(process.execPath, [file], { env: { ...process.env, ...env } });
      times[which]!.push(performance.now() - began);
    }
  return times.map(median);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}
