import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions, State } from 'vscode-languageclient';
import { HOVER_COMMANDS, SUGGEST_COMMAND } from '../../server/src/lsp/hover-messages.ts';
import {
  CLIENT_COMMANDS,
  FOLDERS_NOTIFICATION,
  type InitializationOptions,
  SHOW_LOG_NOTIFICATION,
  STATUS_NOTIFICATION,
  type StatusParams,
  TRUST_NOTIFICATION,
  type TrustParams,
  USE_NOTIFICATION,
  type UseParams,
} from '../../server/src/lsp/messages.ts';
import { DOCUMENT_SELECTOR } from './document-selector.ts';
import { followFolders } from './folder-changes.ts';
import { serveFiles } from './serve-files.ts';
import { trustCard } from './trust-card.ts';
import { withRulesOfUser } from './user-rules.ts';

/** The running server, as seen by the rest of the extension. It is started on first use. */
export interface ServerHandle {
  start(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** Starts the server unless it is running. */
  executeCommand(command: string, argument?: unknown): Promise<unknown>;
  readonly log: vscode.LogOutputChannel;
}

/**
 * Creates the client of a server that runs here: a process, or a worker of the browser. The library for it is loaded
 * then: most windows with a JSON file have no file for us.
 */
export type CreateClient = (options: LanguageClientOptions) => Promise<BaseLanguageClient>;

export interface ServerHandleOptions {
  readonly createClient: CreateClient;
  /** The files that the server cannot read itself. */
  readonly files: NonNullable<InitializationOptions['files']>;
  /** Settings that a running server cannot follow. */
  readonly restartsOn: readonly string[];
  readonly log: vscode.LogOutputChannel;
  onStatus(status: StatusParams): void;
  /** Called when a hover card is shown. */
  onHover(): void;
  /** Called when the server has ended or is about to: its last status is void. */
  onGone(): void;
}

/** Its value is written here, as the library is not loaded with this file. */
const STOPPED: State.Stopped = 1;

export function createServerHandle({
  createClient,
  files,
  restartsOn,
  log,
  onStatus,
  onHover,
  onGone,
}: ServerHandleOptions): ServerHandle {
  const clientOptions: LanguageClientOptions = {
    documentSelector: DOCUMENT_SELECTOR.map(({ scheme, pattern }) => ({
      scheme: String(scheme),
      pattern: String(pattern),
    })),
    diagnosticPullOptions: { onChange: true },
    middleware: {
      workspace: { configuration: withRulesOfUser },
      async provideHover(document, position, token, next) {
        const hover = await next(document, position, token);
        if (!hover) return hover;
        trustCard(hover);
        onHover();
        return hover;
      },
    },
    // `textSynchronization.delayOpenNotifications` stays off: the client library sends a delayed didOpen before the
    // next change, and later changes overtake that one, so that the server's text differs from the editor's. The server
    // itself ignores manifests that other extensions load without showing them.
    initializationOptions: () => initializationOptions(files),
    outputChannel: log,
  };
  let client: BaseLanguageClient | undefined;
  let followed: vscode.Disposable | undefined;
  const running = () => (client?.isRunning() === true ? client : undefined);
  const connect = async () => {
    const created = await createClient(clientOptions);
    serveFiles(created);
    followed ??= followFolders((params) => void running()?.sendNotification(FOLDERS_NOTIFICATION, params));
    created.onNotification(STATUS_NOTIFICATION, onStatus);
    created.onNotification(SHOW_LOG_NOTIFICATION, () => log.show());
    created.onDidChangeState(({ newState }) => {
      if (newState === STOPPED) onGone();
    });
    return created;
  };
  vscode.workspace.onDidGrantWorkspaceTrust(() => {
    const params: TrustParams = { trusted: true };
    void running()?.sendNotification(TRUST_NOTIFICATION, params);
  });
  vscode.window.onDidChangeWindowState(({ active }) => {
    const params: UseParams = { inUse: active };
    void running()?.sendNotification(USE_NOTIFICATION, params);
  });

  const startClient = async () => {
    client ??= await connect();
    await client.start();
    return client;
  };
  let starting: Promise<BaseLanguageClient> | undefined;
  const start = () => {
    starting ??= startClient().catch((error: unknown) => {
      starting = undefined;
      throw error;
    });
    return starting;
  };
  const restart = async () => {
    onGone();
    if (starting === undefined) await start();
    else {
      const started = await starting;
      await started.stop();
      await started.start();
    }
  };
  vscode.workspace.onDidChangeConfiguration((event) => {
    if (running() === undefined || !restartsOn.some((name) => event.affectsConfiguration(name))) return;
    restart().catch((error: unknown) =>
      log.error(`The language server did not start again: ${String(error)}`),
    );
  });
  return {
    async start() {
      await start();
    },
    log,
    restart,
    stop() {
      followed?.dispose();
      return running()?.stop() ?? Promise.resolve();
    },
    async executeCommand(command, argument) {
      const started = await start();
      const params = { command, arguments: argument === undefined ? [] : [argument] };
      return started.sendRequest('workspace/executeCommand', params);
    },
  };
}

/** Returns the options of one start, as trust may have been granted since the last one. */
function initializationOptions(files: InitializationOptions['files']): InitializationOptions {
  return {
    ...(files === undefined ? {} : { files }),
    trusted: vscode.workspace.isTrusted,
    commands: [...commandsWith(files), SUGGEST_COMMAND],
    hoverCommands: HOVER_COMMANDS,
    hoverIcons: true,
    status: true,
    diagnosticsInHover: true,
    schema: true,
    log: true,
    ruleLink: `command:${CLIENT_COMMANDS.openRulePage}?%5B%22{rule}%22%5D`,
  };
}

/** A browser without a machine behind it has no terminal. */
function commandsWith(files: InitializationOptions['files']): readonly string[] {
  return Object.values(CLIENT_COMMANDS).filter(
    (command) => files !== 'all' || command !== CLIENT_COMMANDS.putInTerminal,
  );
}
