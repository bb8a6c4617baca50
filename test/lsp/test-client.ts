import { PassThrough } from 'node:stream';
import {
  type ApplyWorkspaceEditParams,
  type CodeAction,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type Message,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { applyEdits } from '../../server/src/core/read/text/edit.ts';
import type { HttpPort, Ports } from '../../server/src/engine/ports.ts';
import { createServer } from '../../server/src/lsp/server.ts';
import type { Timers } from '../../server/src/lsp/timers.ts';
import { NODE_TIMERS } from '../../server/src/node/node-timers.ts';
import { systemClock } from '../../server/src/node/system-clock.ts';
import { indexOf, memoryFiles, popularNames, TEST_REGISTRY } from '../workspace.ts';
import { type Capabilities, PULLING } from './capabilities.ts';

export interface ClientOptions {
  /** Files on disk, by path below the first folder, or by URI. */
  readonly files: Readonly<Record<string, string>>;
  readonly capabilities?: Capabilities;
  readonly initializationOptions?: unknown;
  /** The answer to `workspace/configuration`, or a function of the folder that it is asked for. */
  readonly settings?: unknown;
  readonly folders?: readonly string[];
  readonly http?: HttpPort;
  /** Ports that replace those of tests. */
  readonly ports?: Partial<Ports>;
  /** A connection to another server, in place of one in this process. */
  readonly connection?: ProtocolConnection;
  /** Called before the handshake, for requests that only some clients answer. */
  readonly prepare?: (connection: ProtocolConnection) => void;
  readonly timers?: Timers;
  /** Called with every message that the server in this process sends. */
  readonly sent?: (message: Message) => void;
  /** Whether everything that is waited for times out at once. */
  readonly impatient?: boolean;
}

export const FOLDER = 'file:///workspace';

/**
 * A client that acts as an editor: it keeps open texts, answers the server's requests, and records its notifications.
 */
export interface TestClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** Texts by URI, as on disk; tests may change them. */
  readonly disk: Map<string, string>;
  settings: unknown;
  /** The server's dynamic registrations, by method. */
  readonly registrations: Map<string, unknown>;
  readonly published: readonly PublishDiagnosticsParams[];
  readonly logged: readonly string[];
  readonly statuses: readonly unknown[];
  refreshes: number;
  hintRefreshes: number;
  lensRefreshes: number;
  /** The messages to the user. */
  readonly messages: readonly string[];
  open(uri: string, text?: string): Promise<void>;
  /** Replaces a part of an open text, given in offsets of the text in UTF-16 units. */
  edit(uri: string, start: number, end: number, newText: string): Promise<void>;
  textOf(uri: string): string;
  pull(
    uri: string,
    previousResultId?: string,
  ): Promise<{ kind: string; resultId?: string; items?: Diagnostic[] }>;
  actions(uri: string, range: Range, only?: string[]): Promise<CodeAction[]>;
  /** Returns the part of the text that a range covers, in the negotiated encoding. */
  slice(uri: string, range: Range): string;
  /** Returns the range of a part of the text. */
  rangeOf(uri: string, part: string): Range;
  apply(edit: WorkspaceEdit): void;
  /** Resolves when the condition holds, which is checked after each message of the server. */
  until(condition: () => boolean): Promise<void>;
  /** Asks now and after each refresh of diagnostics until the answer holds, as refreshes have several causes. */
  eventually<T>(ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T>;
  close(): Promise<void>;
}

export async function startClient(options: ClientOptions): Promise<TestClient> {
  const { capabilities = PULLING, folders = [FOLDER] } = options;
  const disk = new Map(
    Object.entries(options.files).map(([path, text]) => [
      path.includes('://') ? path : `${FOLDER}/${path}`,
      text,
    ]),
  );
  const connection = options.connection ?? connect(disk, options);
  const waiting = new Set<() => void>();
  const arrived = () => {
    for (const check of [...waiting]) check();
  };
  const open = new Map<string, { version: number; text: string }>();
  const published: PublishDiagnosticsParams[] = [];
  const logged: string[] = [];
  const statuses: unknown[] = [];
  const messages: string[] = [];
  const registrations = new Map<string, unknown>();
  let encoding = 'utf-16';

  const offsetOf = (text: string, position: Position) => offsetAt(text, position, encoding);

  const client: TestClient = {
    connection,
    initialized: { capabilities: {} },
    disk,
    settings: options.settings ?? null,
    registrations,
    published,
    logged,
    statuses,
    refreshes: 0,
    hintRefreshes: 0,
    lensRefreshes: 0,
    messages,
    async open(uri, text = disk.get(decodeURIComponent(uri)) ?? '') {
      open.set(uri, { version: 1, text });
      const textDocument = { uri, languageId: 'json', version: 1, text };
      await connection.sendNotification('textDocument/didOpen', { textDocument });
    },
    async edit(uri, start, end, newText) {
      const document = open.get(uri)!;
      const range = {
        start: positionAt(document.text, start, encoding),
        end: positionAt(document.text, end, encoding),
      };
      document.text = document.text.slice(0, start) + newText + document.text.slice(end);
      document.version++;
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: document.version },
        contentChanges: [{ range, text: newText }],
      });
    },
    textOf: (uri) => open.get(uri)?.text ?? disk.get(uri) ?? '',
    pull: (uri, previousResultId) =>
      connection.sendRequest('textDocument/diagnostic', { textDocument: { uri }, previousResultId }),
    async actions(uri, range, only) {
      const diagnostics = (await client.pull(uri).catch(() => ({ items: [] }))).items ?? [];
      const context = { diagnostics, triggerKind: 1, ...(only === undefined ? {} : { only }) };
      return connection.sendRequest('textDocument/codeAction', { textDocument: { uri }, range, context });
    },
    slice(uri, { start, end }) {
      const text = client.textOf(uri);
      return text.slice(offsetOf(text, start), offsetOf(text, end));
    },
    rangeOf(uri, part) {
      const text = client.textOf(uri);
      const at = text.indexOf(part);
      return { start: positionAt(text, at, encoding), end: positionAt(text, at + part.length, encoding) };
    },
    apply(edit) {
      for (const [uri, edits] of changesOf(edit)) {
        const text = client.textOf(uri);
        const spans = edits.map(({ range, newText }) => ({
          span: { start: offsetOf(text, range.start), end: offsetOf(text, range.end) },
          newText,
        }));
        const after = applyEdits(text, spans);
        const document = open.get(uri);
        if (document) document.text = after;
        else disk.set(uri, after);
      }
    },
    until(condition) {
      return new Promise((resolve, reject) => {
        const check = () => {
          if (!condition()) return;
          waiting.delete(check);
          clearTimeout(deadline);
          resolve();
        };
        const deadline = setTimeout(() => reject(new Error(`not within a minute: ${condition}`)), 60_000);
        waiting.add(check);
        check();
      });
    },
    async eventually(ask, holds) {
      for (;;) {
        const { refreshes } = client;
        const answer = await ask();
        if (holds(answer)) return answer;
        await client.until(() => client.refreshes > refreshes);
      }
    },
    async close() {
      await connection.sendRequest('shutdown');
      connection.dispose();
    },
  };

  const note = (method: string, take: (params: never) => void) =>
    connection.onNotification(method, (params) => {
      take(params as never);
      arrived();
    });
  note('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => published.push(params));
  note('window/logMessage', ({ message }: { message: string }) => logged.push(message));
  note('window/showMessage', ({ message }: { message: string }) => messages.push(message));
  note('dependencyHygiene/status', (params: unknown) => statuses.push(params));
  connection.onRequest('workspace/configuration', ({ items }: { items: { readonly scopeUri?: string }[] }) =>
    items.map(({ scopeUri }) =>
      typeof client.settings === 'function' ? client.settings(scopeUri) : client.settings,
    ),
  );
  connection.onRequest('client/registerCapability', (params: { registrations: { method: string }[] }) => {
    for (const registration of params.registrations) registrations.set(registration.method, registration);
    arrived();
  });
  connection.onRequest('workspace/diagnostic/refresh', () => {
    client.refreshes++;
    arrived();
  });
  connection.onRequest('workspace/inlayHint/refresh', () => {
    client.hintRefreshes++;
    arrived();
  });
  connection.onRequest('workspace/codeLens/refresh', () => {
    client.lensRefreshes++;
    arrived();
  });
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.onRequest('workspace/applyEdit', ({ edit }: ApplyWorkspaceEditParams) => {
    client.apply(edit);
    return { applied: true };
  });
  options.prepare?.(connection);
  connection.listen();

  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: null,
    capabilities,
    workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
    initializationOptions: options.initializationOptions,
  });
  Object.assign(client, { initialized });
  encoding = initialized.capabilities.positionEncoding ?? 'utf-16';
  await connection.sendNotification('initialized', {});
  return client;
}

const NO_NETWORK: HttpPort = { get: async () => ({ type: 'failed', detail: 'no network' }) };

/** Starts a server in this process, over two pipes in memory. */
function connect(
  disk: ReadonlyMap<string, string>,
  { http = NO_NETWORK, impatient, ports, sent, timers = NODE_TIMERS }: ClientOptions,
): ProtocolConnection {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const writer = new StreamMessageWriter(toClient);
  const write = writer.write.bind(writer);
  writer.write = (message) => {
    sent?.(message);
    return write(message);
  };
  const serverSide = createConnection(new StreamMessageReader(toServer), writer);
  createServer(
    serverSide,
    {
      files: memoryFiles(disk),
      clock: {
        now: () => Date.parse('2026-11-24T12:00:00Z'),
        wait: impatient ? () => Promise.resolve() : systemClock.wait!,
      },
      http,
      cache: undefined,
      popularNames,
      advisories: () => indexOf([]),
      publicRegistry: TEST_REGISTRY,
      userNpmrc: undefined,
      globalNpmrc: undefined,
      environment: {},
      ...ports,
    },
    {
      runtime: 'a test',
      version: '0.0.0',
      timers,
      ruleLink: 'https://docs.example.test/{rule}',
      onFolders: () => undefined,
    },
  );
  serverSide.listen();
  return createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
}

function changesOf(edit: WorkspaceEdit): Map<string, { range: Range; newText: string }[]> {
  const changes = new Map(Object.entries(edit.changes ?? {}));
  for (const change of edit.documentChanges ?? []) {
    if ('edits' in change)
      changes.set(change.textDocument.uri, change.edits as { range: Range; newText: string }[]);
  }
  return changes;
}

/** Converts through encoded bytes, deliberately independent of the server's own conversion. */
function offsetAt(text: string, { line, character }: Position, encoding: string): number {
  const lines = text.split('\n');
  const before = lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0);
  if (encoding === 'utf-16') return before + character;
  return (
    before +
    Buffer.from(lines[line] ?? '')
      .subarray(0, character)
      .toString().length
  );
}

function positionAt(text: string, offset: number, encoding: string): Position {
  const lines = text.slice(0, offset).split('\n');
  const last = lines.at(-1)!;
  return { line: lines.length - 1, character: encoding === 'utf-16' ? last.length : Buffer.byteLength(last) };
}
