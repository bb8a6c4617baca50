import type { Connection } from 'vscode-languageserver';
import type { Uri } from '../core/read/text/paths/uri.ts';
import { visibleLines } from '../core/read/text/words/visible-text.ts';
import { createSession } from '../engine/create-session.ts';
import type { Ports } from '../engine/ports.ts';
import { readAbilities } from './client-abilities.ts';
import { isReadByClient, withClientFiles } from './client-files.ts';
import { DEFAULT_CLIENT_SETTINGS } from './client-settings.ts';
import { filesWithOpenDocuments } from './files-with-open-documents.ts';
import { handleCodeActions } from './handlers/code-action.ts';
import { handleCodeLenses } from './handlers/code-lens.ts';
import { handleCompletion } from './handlers/completion.ts';
import { keepDatabaseFresh } from './handlers/database.ts';
import { handleDefinition } from './handlers/definition.ts';
import { handleDocumentLinks } from './handlers/document-link.ts';
import { handleDocumentSymbols } from './handlers/document-symbol.ts';
import { handleDocuments } from './handlers/documents.ts';
import { handleCommands } from './handlers/execute-command.ts';
import { handleHover } from './handlers/hover.ts';
import { releaseMemoryWhenIdle } from './handlers/idle-memory.ts';
import { handleInitialize } from './handlers/initialize.ts';
import { handleInlayHints } from './handlers/inlay-hint.ts';
import { keepInstallsFresh } from './handlers/installs.ts';
import { handlePulledDiagnostics } from './handlers/pull-diagnostics.ts';
import { handlePushedDiagnostics } from './handlers/push-diagnostics.ts';
import { readBesideWhenAnswered } from './handlers/read-beside.ts';
import { handleReferences } from './handlers/references.ts';
import { handleStatus } from './handlers/status.ts';
import { keepUsageFresh } from './handlers/usage.ts';
import { watchDependencies } from './handlers/watch.ts';
import { createOpenDocuments } from './open-documents.ts';
import { createReports } from './reports.ts';
import { createRunningLog, loggedHttp } from './running-log.ts';
import { createListeners, type ServerState } from './server-state.ts';
import { createTextPositions } from './text-positions.ts';
import type { Timers } from './timers.ts';
import { createToProto } from './to-proto.ts';

export interface ServerOptions {
  readonly version: string;
  /** What runs the server, for its log. */
  readonly runtime: string;
  readonly timers: Timers;
  /** The URL of a rule's page, with `{rule}` for its id; undefined without pages. */
  readonly ruleLink: string | undefined;
  /** Called with the client's open folders, whenever they change. */
  onFolders(folders: readonly Uri[]): void;
  /** Gives memory back to the system, if the runtime can. */
  releaseMemory?(): void;
}

/** Attaches a language server to the connection, which the caller then starts with `listen`. */
export function createServer(connection: Connection, ports: Ports, options: ServerOptions): void {
  const encoding = () => server.abilities.encoding;
  const documents = createOpenDocuments(encoding);
  const texts = createTextPositions(documents, encoding);
  const { ruleLink } = options;
  const running = createRunningLog(connection, () => server.abilities.showsLog);
  const { http, clock } = ports;
  const logged = { ...ports, http: http && loggedHttp(http, running, clock.now) };
  const proto = createToProto({ abilities: () => server.abilities, documents, texts, ruleLink });
  const files = withClientFiles(ports.files, connection, (uri) => isReadByClient(server.abilities, uri));
  const server: ServerState = {
    connection,
    session: createSession({ ...logged, files: filesWithOpenDocuments(files, documents) }),
    ports: { ...logged, files },
    timers: options.timers,
    documents,
    proto,
    reports: createReports(proto, ports.clock.now().toString(36)),
    log: (message) => connection.console.error(visibleLines(message)),
    running,
    version: options.version,
    runtime: options.runtime,
    onFolders: options.onFolders,
    abilities: NO_ABILITIES,
    folders: [],
    clientSettings: DEFAULT_CLIENT_SETTINGS,
    folderSettings: new Map(),
    trusted: false,
    trustedFolders: [],
    settingsKey: '',
    settled: Promise.resolve(),
    workspaceChecked: false,
    working: 0,
    edited: createListeners(),
    changed: createListeners(),
    sourcesChanged: createListeners(),
    installed: createListeners(),
    ended: createListeners(),
  };
  handleInitialize(server);
  handleDocuments(server);
  handlePulledDiagnostics(server);
  handlePushedDiagnostics(server);
  handleStatus(server);
  handleHover(server);
  handleDefinition(server);
  handleReferences(server);
  handleDocumentSymbols(server);
  handleDocumentLinks(server);
  handleInlayHints(server);
  handleCodeLenses(server);
  handleCompletion(server);
  handleCodeActions(server);
  handleCommands(server);
  keepDatabaseFresh(server);
  keepUsageFresh(server);
  keepInstallsFresh(server);
  watchDependencies(server);
  readBesideWhenAnswered(server);
  if (options.releaseMemory !== undefined) releaseMemoryWhenIdle(server, options.releaseMemory);
}

const NO_ABILITIES = readAbilities({ processId: null, rootUri: null, capabilities: {} });
