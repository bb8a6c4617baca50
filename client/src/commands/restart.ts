import * as vscode from 'vscode';
import { COMMANDS } from '../config.ts';
import type { ServerHandle } from '../server-handle.ts';

/** "Restart the language server": for when something is stuck, and for what is read only at its start. */
export function registerRestart(server: ServerHandle): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.restart, () => server.restart());
}
