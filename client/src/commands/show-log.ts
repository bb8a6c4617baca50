import * as vscode from 'vscode';
import { COMMANDS } from '../config.ts';
import type { ServerHandle } from '../server-handle.ts';

/** "Show the log": what the server and the client had to say. */
export function registerShowLog(server: ServerHandle): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.showLog, () => server.log.show());
}
