import { CodeActionKind, type InitializeResult, TextDocumentSyncKind } from 'vscode-languageserver';
import { canonicalUri, type Uri } from '../../core/read/text/paths/uri.ts';
import { plural } from '../../core/read/text/words/words.ts';
import { readAbilities } from '../client-abilities.ts';
import { guardNotification, guardWork } from '../guard.ts';
import { SERVER_COMMANDS, TRUST_NOTIFICATION, type TrustParams } from '../messages.ts';
import type { ServerState } from '../server-state.ts';
import { readTrustedFolders } from '../trusted-folders.ts';
import { BASELINE_KIND } from './baseline-action.ts';
import { FIX_ALL_KIND } from './code-action.ts';
import { COMPLETION_TRIGGERS } from './completion.ts';
import { applySettings, watchSettings } from './configuration.ts';
import { PIN_KIND } from './pin-actions.ts';
import { UPDATE_KIND } from './update-actions.ts';
import { watchFiles } from './watched-files.ts';

/** Handles the handshake: the client's capabilities, its open folders, and the server's capabilities. */
export function handleInitialize(server: ServerState): void {
  const { connection, session, timers, log } = server;
  const prepare = guardWork(log, 'initialize', async () => {
    await timers.nextTurn();
    // Indexes the popular names, which takes a tenth of the time until the first diagnostics.
    session.snapshot();
  });

  connection.onInitialize((params): InitializeResult => {
    server.abilities = readAbilities(params);
    server.trusted = server.abilities.trusted;
    server.trustedFolders = readTrustedFolders(server.abilities.trustedFolders, server.ports.home);
    const opened =
      params.workspaceFolders?.map((folder) => folder.uri) ?? (params.rootUri ? [params.rootUri] : []);
    setFolders(server, opened.map(canonicalUri));
    applySettings(server);
    // While the client reads the answer, nothing else is to be done.
    void prepare();
    return answer(server);
  });

  connection.onInitialized(
    guardNotification(server.log, 'initialized', async () => {
      server.session.onDidChange(() => server.changed.call());
      watchFiles(server);
      if (server.abilities.changesFolders) followFolders(server);
      watchSettings(server);
      await server.settled;
      server.running.info(describeStart(server));
    }),
  );

  connection.onNotification(
    TRUST_NOTIFICATION,
    guardNotification(server.log, TRUST_NOTIFICATION, ({ trusted }: TrustParams) => {
      server.trusted = trusted === true;
      applySettings(server);
    }),
  );

  connection.onShutdown(() => {
    server.ended.call();
    server.session.dispose();
  });
}

function describeStart({ version, runtime, folders, trusted, clientSettings }: ServerState): string {
  const state = [
    plural(folders.length, 'folder'),
    trusted ? 'trusted' : 'not trusted',
    clientSettings.online ? 'online' : 'offline',
  ];
  return `Started ${version} on ${runtime}: ${state.join(', ')}.`;
}

function followFolders(server: ServerState): void {
  server.connection.workspace.onDidChangeWorkspaceFolders(
    guardNotification(server.log, 'workspace folders', async ({ added, removed }) => {
      const gone = new Set(removed.map((folder) => canonicalUri(folder.uri)));
      const kept = server.folders.filter((folder) => !gone.has(folder));
      const fresh = added.map((folder) => canonicalUri(folder.uri));
      setFolders(server, [...kept, ...fresh]);
      server.reports.keepOnly(server.session.snapshot());
      if (server.workspaceChecked) for (const folder of fresh) await server.session.loadFolder(folder);
      server.changed.call();
    }),
  );
}

function setFolders(server: ServerState, folders: readonly Uri[]): void {
  server.folders = folders;
  server.onFolders(folders);
  server.session.setFolders(folders);
}

/** Also of the diagnostics: VS Code mixes up unnamed ones of servers in two extension hosts. */
const NAME = 'dependency-hygiene';

function answer({ abilities, version }: ServerState): InitializeResult {
  return {
    serverInfo: { name: NAME, version },
    capabilities: {
      positionEncoding: abilities.encoding,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      documentSymbolProvider: { label: 'Dependency Hygiene' },
      documentLinkProvider: { resolveProvider: true },
      inlayHintProvider: { resolveProvider: false },
      codeLensProvider: { resolveProvider: false },
      completionProvider: { triggerCharacters: [...COMPLETION_TRIGGERS], resolveProvider: true },
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL_KIND, UPDATE_KIND, PIN_KIND, BASELINE_KIND],
      },
      executeCommandProvider: { commands: Object.values(SERVER_COMMANDS) },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      ...(abilities.pullsDiagnostics
        ? {
            diagnosticProvider: { identifier: NAME, interFileDependencies: true, workspaceDiagnostics: true },
          }
        : {}),
    },
  };
}
