import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import {
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type InitializeParams,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

const REPORT_HEAP = join(import.meta.dirname, 'report-heap.cjs');

/** With the pipes that `report-heap.cjs` writes to and reads from. */
type WithPipes = ChildProcess & { readonly stdin: Writable; readonly stdout: Readable };

/** How to run a language server, and how it provides diagnostics. */
export interface ServerKind {
  readonly name: string;
  /** A JavaScript file and its arguments, run by this process's Node. */
  readonly command: readonly string[];
  readonly pull: boolean;
  readonly initializationOptions: object;
  /** Whether `RunningServer.heap` is available. */
  readonly reportsHeap?: boolean;
}

/** Memory of the server's process in MiB, after garbage collection. */
export interface Heap {
  /** The JavaScript heap, with buffers outside of it. */
  readonly used: number;
  readonly resident: number;
}

export interface RunningServer {
  /** Milliseconds from before the process was started to its answer to `initialize`. */
  readonly initializeMs: number;
  /** Opens the document, and returns the milliseconds until its diagnostics arrived. */
  open(uri: string, languageId: string, text: string): Promise<number>;
  /** Replaces a span of one line, and returns the milliseconds until the diagnostics of that text arrived. */
  edit(uri: string, line: number, from: number, to: number, text: string): Promise<number>;
  /** Replaces the whole text, and returns the milliseconds until its diagnostics arrived. */
  rewrite(uri: string, text: string): Promise<number>;
  close(uri: string): Promise<void>;
  /** Closes the folder that the server was started with. */
  closeFolder(): Promise<void>;
  readonly diagnostics: readonly Diagnostic[];
  heap(): Promise<Heap>;
  /** Returns the resident memory in MiB, current and peak; undefined if the system does not report it. */
  memory(): { readonly now: number; readonly most: number } | undefined;
  stop(): Promise<void>;
}

/** Starts the server in a separate process and initializes it. */
export async function startServer(kind: ServerKind, folderUri: string): Promise<RunningServer> {
  const start = performance.now();
  const preload = kind.reportsHeap === true ? ['--expose-gc', '--require', REPORT_HEAP] : [];
  const stdio = ['pipe', 'pipe', 'inherit', 'pipe', 'pipe'] as const;
  const child = spawn(process.execPath, [...preload, ...kind.command], { stdio: [...stdio] }) as WithPipes;
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  let version = 1;
  let diagnostics: readonly Diagnostic[] = [];
  const published = new Map<string, (params: PublishDiagnosticsParams) => void>();
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    if (params.version === undefined || params.version === version) published.get(params.uri)?.(params);
  });
  answerTheServer(connection);
  connection.listen();
  await connection.sendRequest('initialize', initializeParams(kind, folderUri));
  const initializeMs = performance.now() - start;
  await connection.sendNotification('initialized', {});

  /** Sends the notification and waits for the diagnostics of that version of the text. */
  async function timed(uri: string, method: string, params: object): Promise<number> {
    const pushed = new Promise<PublishDiagnosticsParams>((resolve) => {
      published.set(uri, resolve);
    });
    const begin = performance.now();
    await connection.sendNotification(method, params);
    if (kind.pull) {
      const report = await connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
        textDocument: { uri },
      });
      if (report.kind === 'full') diagnostics = report.items;
    } else {
      diagnostics = (await pushed).diagnostics;
    }
    return performance.now() - begin;
  }

  return {
    initializeMs,
    open: (uri, languageId, text) =>
      timed(uri, 'textDocument/didOpen', { textDocument: { uri, languageId, version, text } }),
    edit(uri, line, from, to, text) {
      version++;
      const range = { start: { line, character: from }, end: { line, character: to } };
      const contentChanges = [{ range, text }];
      return timed(uri, 'textDocument/didChange', { textDocument: { uri, version }, contentChanges });
    },
    rewrite(uri, text) {
      version++;
      const params = { textDocument: { uri, version }, contentChanges: [{ text }] };
      return timed(uri, 'textDocument/didChange', params);
    },
    close: (uri) => connection.sendNotification('textDocument/didClose', { textDocument: { uri } }),
    closeFolder: () =>
      connection.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: { added: [], removed: [folderOf(folderUri)] },
      }),
    get diagnostics() {
      return diagnostics;
    },
    heap: () => heapOf(child),
    memory: () => memoryOf(child),
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await gone;
      connection.dispose();
    },
  };
}

/** Answers the server's requests as a client without settings and file watching. */
function answerTheServer(connection: ProtocolConnection): void {
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null));
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.onRequest('workspace/diagnostic/refresh', () => null);
}

function initializeParams(kind: ServerKind, folderUri: string): InitializeParams {
  return {
    processId: process.pid,
    rootUri: folderUri,
    workspaceFolders: [folderOf(folderUri)],
    initializationOptions: kind.initializationOptions,
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true, didChangeConfiguration: {} },
      textDocument: {
        synchronization: {},
        publishDiagnostics: { versionSupport: true, relatedInformation: true },
        ...(kind.pull ? { diagnostic: { dynamicRegistration: false } } : {}),
      },
    },
  };
}

function folderOf(uri: string): { readonly uri: string; readonly name: string } {
  return { uri, name: 'large' };
}

async function heapOf({ stdio: [, , , answers, questions] }: WithPipes): Promise<Heap> {
  const answered = once(answers as Readable, 'data') as Promise<[Buffer]>;
  (questions as Writable).write('?');
  const { heapUsed, arrayBuffers, rss } = JSON.parse(String((await answered)[0])) as NodeJS.MemoryUsage;
  return { used: (heapUsed + arrayBuffers) / 2 ** 20, resident: rss / 2 ** 20 };
}

function memoryOf({ pid }: ChildProcess): { readonly now: number; readonly most: number } | undefined {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return undefined;
  const status = readFileSync(file, 'utf8');
  const mebibytes = (key: string) => Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  return { now: mebibytes('VmRSS'), most: mebibytes('VmHWM') };
}
