import * as vscode from 'vscode';
import { SERVER_COMMANDS } from '../../../server/src/lsp/messages.ts';
import { COMMANDS } from '../config.ts';
import type { ServerHandle } from '../server-handle.ts';

/**
 * Registers "Check Workspace", which loads every project below the open folders and shows the Problems panel.
 */
export function registerCheckWorkspace(server: ServerHandle): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.checkWorkspace, async () => {
    await server.executeCommand(SERVER_COMMANDS.checkWorkspace);
    await vscode.commands.executeCommand('workbench.actions.view.problems');
  });
}
