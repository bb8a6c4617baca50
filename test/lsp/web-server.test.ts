import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  createProtocolConnection,
  type Disposable,
  type Message,
} from 'vscode-languageserver/node';
import { PUBLIC_REGISTRY } from '../../server/generated/npm-defaults.ts';
import {
  type ClientFile,
  type FileParams,
  LIST_FOLDER_REQUEST,
  READ_FILE_REQUEST,
  type StatusParams,
  type WorkerStart,
} from '../../server/src/lsp/messages.ts';
import { startClient } from './test-client.ts';

const DIST = join(import.meta.dirname, '../../dist');
const FOLDER = 'vscode-vfs://host/repository';
const MANIFEST = '{ "private": true, "dependencies": { "lodahs": "4.17.21", "left-pad": "^1.3.0" } }';
const WORKSPACE = 'packages:\n  - .\nminimumReleaseAge: 10\n';

/**
 * A thread with the globals of a web worker and without those of Node.js, whose `fetch` fails for want of CORS. The real
 * one runs in the tests of the editor.
 */
const SHIM = `
const { parentPort, workerData } = require('node:worker_threads');
const vm = require('node:vm');
const own = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'MessageChannel', 'TextDecoder',
  'TextEncoder', 'AbortController', 'URL', 'performance', 'console', 'crypto'];
const scope = Object.fromEntries(own.map((name) => [name, globalThis[name]]));
scope.self = scope;
scope.addEventListener = () => undefined;
scope.postMessage = (message) => parentPort.postMessage(message);
scope.fetch = async (url) => {
  parentPort.postMessage({ fetched: url });
  throw new TypeError('Failed to fetch');
};
vm.runInContext(workerData, vm.createContext(scope));
parentPort.on('message', (data) => scope.onmessage({ data }));
`;

const fetched: string[] = [];

class WorkerReader extends AbstractMessageReader {
  readonly worker: Worker;
  constructor(worker: Worker) {
    super();
    this.worker = worker;
  }
  listen(callback: (message: Message) => void): Disposable {
    this.worker.on('message', (message: Message | { readonly fetched: string }) => {
      if ('fetched' in message) fetched.push(message.fetched);
      else callback(message);
    });
    return { dispose: () => undefined };
  }
}

class WorkerWriter extends AbstractMessageWriter {
  readonly worker: Worker;
  constructor(worker: Worker) {
    super();
    this.worker = worker;
  }
  async write(message: Message): Promise<void> {
    this.worker.postMessage(message);
  }
  end(): void {}
}

const program = readFileSync(join(DIST, 'server-web.js'), 'utf8');
const worker = new Worker(SHIM, { eval: true, workerData: program });
after(() => worker.terminate());

/** Starts the worker's server with a virtual folder. */
async function startWeb(trusted: boolean) {
  const files = new Map([
    ['package.json', MANIFEST],
    ['pnpm-workspace.yaml', WORKSPACE],
  ]);
  const start: WorkerStart = {
    popularNames: readFileSync(join(DIST, 'popular-names.txt'), 'utf8'),
    advisories: readFileSync(join(DIST, 'advisories.bin')),
  };
  worker.postMessage(start);
  return startClient({
    files: {},
    folders: [FOLDER],
    initializationOptions: { files: 'all', status: true, trusted },
    connection: createProtocolConnection(new WorkerReader(worker), new WorkerWriter(worker)),
    prepare(connection) {
      connection.onRequest<ClientFile, never>(READ_FILE_REQUEST, ({ uri }: FileParams): ClientFile => {
        const text = files.get(uri.slice(FOLDER.length + 1));
        return text === undefined ? { type: 'missing' } : { type: 'text', text };
      });
      connection.onRequest(LIST_FOLDER_REQUEST, ({ uri }: FileParams) =>
        uri === FOLDER ? [...files.keys()].map((name) => ({ name, type: 'file', isLink: false })) : null,
      );
    },
  });
}

test('the server in a worker checks with bundled data, and says what it could not check', async () => {
  const client = await startWeb(false);
  const uri = `${FOLDER}/package.json`;
  await client.open(uri, MANIFEST);
  await client.pull(uri);
  // Advisories are opened after the first findings.
  await client.until(() => client.statuses.some((status) => (status as StatusParams).errors > 0));
  const { items = [] } = await client.pull(uri);
  const codes = items.map(({ code }) => code);
  assert.ok(codes.includes('typosquat-name'), `${codes}`);
  assert.ok(codes.includes('malicious-version'), `${codes}`);
  const { gaps } = client.statuses.at(-1) as StatusParams;
  assert.ok(gaps.some((gap) => gap.includes('changes since the last commit')));
  assert.ok(gaps.includes('Registries not queried: this workspace is not trusted.'), `${gaps}`);
  assert.equal(fetched.length, 0);

  await client.connection.sendNotification('dependencyHygiene/trust', { trusted: true });
  await client.until(() => client.statuses.length > 1 && fetched.length > 1);
  assert.ok(fetched.includes(`${PUBLIC_REGISTRY}left-pad`), `${fetched}`);
  const hover = await client.connection.sendRequest('textDocument/hover', {
    textDocument: { uri },
    position: { line: 0, character: MANIFEST.indexOf('left-pad') + 1 },
  });
  assert.match(JSON.stringify(hover), /is unreachable, or blocks requests from browsers \\?\(CORS\\?\)/);
});
