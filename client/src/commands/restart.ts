import * as vscode from 'vscode';
import { COMMANDS } from '../config.ts';
import type { ServerHandle } from '../server-handle.ts';

/** Registers "Restart Server", for a stuck server and for what is read only at its start. */
export function registerRestart(server: ServerHandle): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.restart, () => server.restart());
}
