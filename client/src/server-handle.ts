import * as vscode from 'vscode';
import {
  ExecuteCommandRequest,
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import { SUGGEST_COMMAND } from '../../server/src/lsp/hover-messages.ts';
import {
  CLIENT_COMMANDS,
  type InitializationOptions,
  SHOW_LOG_NOTIFICATION,
  STATUS_NOTIFICATION,
  type StatusParams,
  TRUST_NOTIFICATION,
  type TrustParams,
  USE_NOTIFICATION,
  type UseParams,
} from '../../server/src/lsp/messages.ts';
import { DISPLAY_NAME, DOCUMENT_SELECTOR } from './config.ts';
import { trustCard } from './hover-commands.ts';
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

export interface ServerHandleOptions {
  readonly module: string;
  readonly log: vscode.LogOutputChannel;
  /** The commands that links in hover cards may run. */
  readonly hoverCommands: readonly string[];
  onStatus(status: StatusParams): void;
  /** Called when a hover card is shown. */
  onHover(): void;
  /** Called when the server has ended or is about to: its last status is void. */
  onGone(): void;
}

/** The port on which `.vscode/launch.json` attaches to the server. */
const DEBUG_PORT = 6009;

export function createServerHandle({
  module,
  log,
  hoverCommands,
  onStatus,
  onHover,
  onGone,
}: ServerHandleOptions): ServerHandle {
  const node = { module, transport: TransportKind.ipc };
  // The client library uses `debug` if VS Code itself runs under a debugger, as with F5.
  const debug = { ...node, options: { execArgv: ['--nolazy', `--inspect=${DEBUG_PORT}`] } };
  const serverOptions: ServerOptions = { run: node, debug };
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
        trustCard(hover, hoverCommands);
        onHover();
        return hover;
      },
    },
    // `textSynchronization.delayOpenNotifications` stays off: the client library sends a delayed didOpen before the
    // next change, and later changes overtake that one, so that the server's text differs from the editor's. The server
    // itself ignores manifests that other extensions load without showing them.
    initializationOptions: () => initializationOptions(hoverCommands),
    outputChannel: log,
  };
  const client = new LanguageClient('dependencyHygiene', DISPLAY_NAME, serverOptions, clientOptions);
  client.onNotification(STATUS_NOTIFICATION, onStatus);
  client.onNotification(SHOW_LOG_NOTIFICATION, () => log.show());
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Stopped) onGone();
  });
  vscode.workspace.onDidGrantWorkspaceTrust(() => {
    const params: TrustParams = { trusted: true };
    if (client.isRunning()) void client.sendNotification(TRUST_NOTIFICATION, params);
  });
  vscode.window.onDidChangeWindowState(({ active }) => {
    const params: UseParams = { inUse: active };
    if (client.isRunning()) void client.sendNotification(USE_NOTIFICATION, params);
  });

  let starting: Promise<void> | undefined;
  const start = () => {
    starting ??= client.start().catch((error: unknown) => {
      starting = undefined;
      throw error;
    });
    return starting;
  };
  return {
    start,
    log,
    async restart() {
      onGone();
      if (starting === undefined) await start();
      else await client.restart();
    },
    stop: () => (client.isRunning() ? client.stop() : Promise.resolve()),
    async executeCommand(command, argument) {
      await start();
      const params = { command, arguments: argument === undefined ? [] : [argument] };
      return client.sendRequest(ExecuteCommandRequest.type, params);
    },
  };
}

/** Returns the options of one start, as trust may have been granted since the last one. */
function initializationOptions(hoverCommands: readonly string[]): InitializationOptions {
  return {
    trusted: vscode.workspace.isTrusted,
    commands: [...Object.values(CLIENT_COMMANDS), SUGGEST_COMMAND],
    hoverCommands,
    hoverIcons: true,
    status: true,
    diagnosticsInHover: true,
    schema: true,
    log: true,
    ruleLink: `command:${CLIENT_COMMANDS.openRulePage}?%5B%22{rule}%22%5D`,
  };
}
