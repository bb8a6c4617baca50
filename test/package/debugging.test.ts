import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { after, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../..');
const SOURCE = 'server/src/lsp/handlers/initialize.ts';
/** In the handler of `initialize`. */
const STATEMENT = /server\.abilities = readAbilities\(params\)/;

interface Configuration {
  readonly name: string;
  readonly port?: number;
  readonly program?: string;
  readonly preLaunchTask?: string;
}

interface Task {
  readonly label: string;
  readonly script: string;
  readonly args?: readonly string[];
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const launch = JSON.parse(read('.vscode/launch.json')) as {
  readonly configurations: readonly Configuration[];
  readonly compounds: readonly { readonly configurations: readonly string[] }[];
};
const { tasks } = JSON.parse(read('.vscode/tasks.json')) as { readonly tasks: readonly Task[] };
const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Record<string, string> };

describe('the configuration for debugging', () => {
  test('names configurations, tasks and scripts that exist', () => {
    const names = launch.configurations.map(({ name }) => name);
    for (const { configurations } of launch.compounds)
      for (const name of configurations) assert.ok(names.includes(name), name);
    for (const { preLaunchTask } of launch.configurations) {
      if (preLaunchTask !== undefined)
        assert.ok(
          tasks.some(({ label }) => label === preLaunchTask),
          preLaunchTask,
        );
    }
    for (const { script } of tasks) assert.ok(scripts[script] !== undefined, script);
  });

  test('attaches to the port at which the client starts the server', () => {
    const port = /DEBUG_PORT = (\d+)/.exec(read('client/src/desktop.ts'))?.[1];
    assert.equal(launch.configurations.find(({ name }) => name === 'Server')?.port, Number(port));
  });

  test('stops at a breakpoint in a source of the server', async () => {
    const dist = mkdtempSync(join(tmpdir(), 'dephygiene-debug-'));
    after(() => rmSync(dist, { recursive: true, force: true }));
    const task = tasks.find(({ label }) => label === 'build for debugging')!;
    const [program, script] = scripts[task.script]!.split(' ');
    assert.equal(program, 'node');
    const flags = (task.args ?? []).filter((each) => each !== '--');
    execFileSync(process.execPath, [script!, ...flags, '--out', dist], { cwd: ROOT });

    const command = ['--nolazy', '--inspect=127.0.0.1:0', join(dist, 'server.js'), '--stdio'];
    const server = spawn(process.execPath, command, { stdio: 'pipe' });
    after(() => server.kill());
    const inspector = await connect(server.stderr);
    after(() => inspector.close());
    const parsed = inspector.events('Debugger.scriptParsed');
    await inspector.send('Debugger.enable');
    const bundle = await found(() => parsed.find(({ url }) => url?.endsWith('server-main.js')));
    const map = new SourceMap(JSON.parse(readFileSync(join(dist, 'server-main.js.map'), 'utf8')));
    const place = generatedPlace(readFileSync(join(dist, 'server-main.js'), 'utf8'), map);
    const paused = inspector.events('Debugger.paused');
    const { breakpointId } = await inspector.send('Debugger.setBreakpointByUrl', {
      url: bundle.url,
      ...place,
    });

    const answered = once(server.stdout, 'data');
    const params = { processId: null, rootUri: null, capabilities: {} };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    const { hitBreakpoints, callFrames } = await found(() => paused[0]);
    assert.deepEqual(hitBreakpoints, [breakpointId]);
    const { lineNumber, columnNumber } = callFrames[0].location;
    const origin = map.findEntry(lineNumber, columnNumber);
    assert.ok('originalSource' in origin && origin.originalSource.endsWith(SOURCE), JSON.stringify(origin));
    assert.match(read(SOURCE).split('\n')[origin.originalLine]!, STATEMENT);
    await inspector.send('Debugger.resume');
    assert.match(String((await answered)[0]), /^Content-Length/);
  });
});

/** The place in the bundle of the statement that a breakpoint is set at. */
function generatedPlace(bundle: string, map: SourceMap): { lineNumber: number; columnNumber: number } {
  const lines = bundle.split('\n');
  const lineNumber = lines.findIndex((line, at) => {
    if (!STATEMENT.test(line)) return false;
    const entry = map.findEntry(at, line.search(/\S/));
    return 'originalSource' in entry && entry.originalSource.endsWith(SOURCE);
  });
  assert.notEqual(lineNumber, -1, 'the statement is in the bundle');
  return { lineNumber, columnNumber: lines[lineNumber]!.search(/\S/) };
}

// biome-ignore lint/suspicious/noExplicitAny: messages of the inspector protocol
type Message = any;

/** A debugger's connection with a process that prints where it listens. */
async function connect(stderr: Readable) {
  let said = '';
  stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const url = await found(() => /ws:\/\/\S+/.exec(said)?.[0]);
  const socket = new WebSocket(url);
  const answers = new Map<number, (result: Message) => void>();
  const lists = new Map<string, Message[]>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error, method, params } = JSON.parse(String(data)) as Message;
    if (id === undefined) lists.get(method)?.push(params);
    else answers.get(id)?.(error ?? result);
  });
  await once(socket, 'open');
  let last = 0;
  return {
    send(method: string, params: object = {}): Promise<Message> {
      const id = ++last;
      socket.send(JSON.stringify({ id, method, params }));
      return new Promise((settle) => answers.set(id, settle));
    },
    /** The events of a kind, which come as they are sent. */
    events(method: string): readonly Message[] {
      const list: Message[] = [];
      lists.set(method, list);
      return list;
    },
    close: () => socket.close(),
  };
}

/** Waits up to a minute for something to be there. */
async function found<T>(look: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 600; tries++) {
    const value = look();
    if (value !== undefined) return value;
    await setTimeout(100);
  }
  throw new Error('not there after a minute');
}
