import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { EnvHttpProxyAgent, fetch } from 'undici';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  createProtocolConnection,
  type Disposable,
  type Message,
} from 'vscode-languageserver/node';
import {
  CHECK_EDIT_REQUEST,
  type ClientFile,
  type ClientItem,
  type FileParams,
  LIST_FOLDER_REQUEST,
  READ_FILE_REQUEST,
  type WorkerStart,
} from '../../server/src/lsp/messages.ts';
import { startClient } from '../lsp/test-client.ts';
import type { OpenServer } from './drive-editor.ts';
import type { Repository } from './hostile-repository.ts';
import type { World } from './world.ts';

const DIST = path.join(import.meta.dirname, '../../dist');
const HOST = 'vscode-vfs://host';

/**
 * A thread with the globals of a web worker and without those of Node.js. Its `fetch` is answered by this process, and
 * allows any host, as if all of them set CORS headers.
 */
const SHIM = `
const { parentPort, workerData } = require('node:worker_threads');
const vm = require('node:vm');
const own = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'MessageChannel', 'TextDecoder',
  'TextEncoder', 'AbortController', 'URL', 'performance', 'console', 'crypto', 'atob', 'btoa'];
const scope = Object.fromEntries(own.map((name) => [name, globalThis[name]]));
scope.self = scope;
scope.addEventListener = () => undefined;
scope.postMessage = (message) => parentPort.postMessage(message);
const waiting = new Map();
let count = 0;
scope.fetch = (url, { signal, ...init }) =>
  new Promise((resolve, reject) => {
    const id = ++count;
    waiting.set(id, { resolve, reject });
    signal?.addEventListener('abort', () => reject(new Error('aborted')));
    parentPort.postMessage({ fetched: { id, url, init: { ...init, headers: { ...init.headers } } } });
  });
vm.runInContext(workerData, vm.createContext(scope));
parentPort.on('message', (data) => {
  if (data?.answered === undefined) return void scope.onmessage({ data });
  const { id, status, headers, body } = data.answered;
  const { resolve, reject } = waiting.get(id);
  waiting.delete(id);
  if (status === undefined) reject(new TypeError('Failed to fetch'));
  else resolve(new Response([204, 304].includes(status) ? null : body, { status, headers }));
});
`;

interface Fetched {
  readonly id: number;
  readonly url: string;
  readonly init: { readonly redirect?: string };
}

class WorkerReader extends AbstractMessageReader {
  readonly #worker: Worker;
  constructor(worker: Worker) {
    super();
    this.#worker = worker;
  }
  listen(callback: (message: Message) => void): Disposable {
    this.#worker.on('message', (message: Message | { readonly fetched: Fetched }) => {
      if (!('fetched' in message)) callback(message);
    });
    return { dispose: () => undefined };
  }
}

class WorkerWriter extends AbstractMessageWriter {
  readonly #worker: Worker;
  constructor(worker: Worker) {
    super();
    this.#worker = worker;
  }
  async write(message: Message): Promise<void> {
    this.#worker.postMessage(message);
  }
  end(): void {}
}

/** Opens a repository in an editor in a browser: the built server is a web worker, and the client reads its files. */
export async function startBrowser(
  { folder, settings }: Repository,
  { world, trusted }: { readonly world: World; readonly trusted: boolean },
): Promise<OpenServer> {
  const worker = new Worker(SHIM, {
    eval: true,
    workerData: readFileSync(path.join(DIST, 'server-web.js'), 'utf8'),
  });
  let said = '';
  worker.on('error', (error) => (said += `${error.stack}\n`));
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: world.env.HTTP_PROXY!,
    httpsProxy: world.env.HTTPS_PROXY!,
    noProxy: world.env.NO_PROXY!,
    requestTls: { ca: world.authority.certificate },
  });
  /** Follows redirects as a page on https does: to https alone. */
  const follow = async (url: string, init: Fetched['init']) => {
    let at = url;
    for (let count = 0; count < 20; count++) {
      const redirect = init.redirect === 'follow' ? 'manual' : 'error';
      const response = await fetch(at, { ...init, redirect, dispatcher });
      const location = response.headers.get('location');
      if (location === null || response.status < 300 || response.status > 399) return response;
      await response.arrayBuffer();
      const next = new URL(location, at);
      if (next.protocol !== 'https:' && at.startsWith('https:')) throw new TypeError('mixed content');
      at = next.href;
    }
    throw new TypeError('too many redirects');
  };
  worker.on('message', async (message: object) => {
    if (!('fetched' in message)) return;
    const { id, url, init } = message.fetched as Fetched;
    try {
      const response = await follow(url, init);
      const { status } = response;
      const body = await response.arrayBuffer();
      worker.postMessage({ answered: { id, status, headers: [...response.headers], body } });
    } catch {
      worker.postMessage({ answered: { id } });
    }
  });
  const start: WorkerStart = {
    popularNames: readFileSync(path.join(DIST, 'popular-names.txt'), 'utf8'),
    advisories: undefined,
  };
  worker.postMessage(start);
  const uriOf = (file: string) => `${HOST}${file}`;
  const pathOf = (uri: string) => decodeURIComponent(uri.slice(HOST.length));
  const client = await startClient({
    files: {},
    folders: [uriOf(folder)],
    initializationOptions: { files: 'all', status: true, trusted },
    settings,
    connection: createProtocolConnection(new WorkerReader(worker), new WorkerWriter(worker)),
    prepare(connection) {
      connection.onRequest<ClientFile, never>(READ_FILE_REQUEST, ({ uri }: FileParams) =>
        readFile(pathOf(uri)),
      );
      connection.onRequest(LIST_FOLDER_REQUEST, ({ uri }: FileParams) => listFolder(pathOf(uri)));
      connection.onRequest(CHECK_EDIT_REQUEST, () => null);
    },
  });
  return {
    client,
    uriOf,
    async stop() {
      await client.connection.sendRequest('shutdown');
      client.connection.dispose();
      await worker.terminate();
      await dispatcher.destroy();
      return said;
    },
  };
}

function readFile(file: string): ClientFile {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined) return { type: 'missing' };
  if (!found.isFile()) return { type: 'refused', reason: 'is not a regular file' };
  return { type: 'text', text: new TextDecoder().decode(readFileSync(file)) };
}

function listFolder(folder: string): readonly ClientItem[] | null {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return null;
  return readdirSync(folder, { withFileTypes: true }).map((item) => {
    const found = statSync(path.join(folder, item.name), { throwIfNoEntry: false });
    const type = found?.isFile() ? 'file' : found?.isDirectory() ? 'directory' : undefined;
    return { name: item.name, type, isLink: item.isSymbolicLink() };
  });
}
