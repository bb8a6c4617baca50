import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  IPCMessageReader,
  IPCMessageWriter,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { PULLING } from './capabilities.ts';

const DIST = join(import.meta.dirname, '../../dist');
const scratch = mkdtempSync(join(tmpdir(), 'dephygiene-lsp-'));
const shop = join(scratch, 'shop');
mkdirSync(shop);
writeFileSync(join(shop, 'package.json'), '{\n  "dependencies": {\n    "lodahs": "^4.17.0"\n  }\n}\n');
after(() => rmSync(scratch, { recursive: true, force: true }));

/** Isolates the test from the machine's configuration and cache, and from the network: nothing here is trusted. */
const env = { ...process.env, HOME: scratch, USERPROFILE: scratch, XDG_CACHE_HOME: join(scratch, 'cache') };

function start(args: readonly string[], ipc = false): ChildProcess {
  const stdio = ipc
    ? (['ignore', 'ignore', 'inherit', 'ipc'] as const)
    : (['pipe', 'pipe', 'inherit'] as const);
  return spawn(process.execPath, [...args], { cwd: scratch, env, stdio: [...stdio] });
}

function overStdio(child: ChildProcess): ProtocolConnection {
  return createProtocolConnection(
    new StreamMessageReader(child.stdout!),
    new StreamMessageWriter(child.stdin!),
  );
}

async function useAndStop(child: ChildProcess, connection: ProtocolConnection): Promise<void> {
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null));
  connection.onRequest('workspace/diagnostic/refresh', () => null);
  connection.listen();
  const folder = pathToFileURL(shop).href;
  const uri = `${folder}/package.json`;
  const { capabilities, serverInfo } = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: PULLING,
    workspaceFolders: [{ uri: folder, name: 'shop' }],
  });
  assert.equal(serverInfo?.name, 'dependency-hygiene');
  assert.equal(capabilities.positionEncoding, 'utf-16');
  await connection.sendNotification('initialized', {});
  const { items } = await connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', {
    textDocument: { uri },
  });
  const typo = items.find(({ code }) => code === 'typosquat-name');
  assert.deepEqual(typo?.range, { start: { line: 2, character: 4 }, end: { line: 2, character: 12 } });
  assert.match(typo.codeDescription!.href, /^file:.*\/server\/docs\/rules\/typosquat-name\.md$/);
  await connection.sendRequest('shutdown');
  const exited = once(child, 'exit');
  await connection.sendNotification('exit');
  const [code] = await exited;
  assert.equal(code, 0);
  connection.dispose();
}

test('the built server works over standard input and output', async () => {
  const child = start([join(DIST, 'server.js'), '--stdio']);
  await useAndStop(child, overStdio(child));
});

test('the built command line starts it as well', async () => {
  const child = start([join(DIST, 'cli.js'), 'lsp', '--stdio']);
  await useAndStop(child, overStdio(child));
});

test('the built server works over the channel between Node processes', async () => {
  const child = start([join(DIST, 'server.js'), '--node-ipc'], true);
  const connection = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  await useAndStop(child, connection);
});

test('without a transport it says how to start it', async () => {
  const child = spawn(process.execPath, [join(DIST, 'server.js')], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  assert.equal(code, 2);
  assert.match(said, /--stdio/);
});
