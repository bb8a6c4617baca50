import * as vscode from 'vscode';
import { COMMANDS } from '../config.ts';
import type { ServerHandle } from '../server-handle.ts';

/** Registers "Show Log", with the messages of server and client. */
export function registerShowLog(server: ServerHandle): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.showLog, () => server.log.show());
}
