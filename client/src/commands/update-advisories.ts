import * as vscode from 'vscode';
import { SERVER_COMMANDS, type UpdateDatabaseResult } from '../../../server/src/lsp/messages.ts';
import { COMMANDS } from '../config.ts';
import type { ServerHandle } from '../server-handle.ts';

/** Registers "Update the Advisory Database": the server shows the progress, and this command the result. */
export function registerUpdateAdvisories(server: ServerHandle): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.updateAdvisories, async () => {
    const result = (await server.executeCommand(
      SERVER_COMMANDS.updateDatabase,
    )) as UpdateDatabaseResult | null;
    if (result === null) return;
    if (result.type === 'failed') void vscode.window.showWarningMessage(result.message);
    else void vscode.window.showInformationMessage(result.message);
  });
}
