import * as vscode from 'vscode';
import {
  SERVER_COMMANDS,
  type UpdateRequest,
  type UpdateRequestLevel,
} from '../../../server/src/lsp/messages.ts';
import { COMMANDS } from '../config.ts';
import type { ServerHandle } from '../server-handle.ts';

interface Level extends vscode.QuickPickItem {
  readonly level: UpdateRequestLevel;
}

const LEVELS: readonly Level[] = [
  { level: 'patch', label: 'Patch only', description: '1.2.3 to 1.2.4' },
  { level: 'minor', label: 'Minor and patch', description: '1.2.3 to 1.3.0' },
  { level: 'major', label: 'Major too', description: '1.2.3 to 2.0.0' },
];

/** Registers "Update Dependencies", for every range below the open folders, up to the level that the user chooses. */
export function registerUpdateDependencies(server: ServerHandle): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.updateDependencies, async () => {
    const chosen = await vscode.window.showQuickPick(LEVELS, {
      placeHolder: 'How far? Only versions that the cooldown lets through are written.',
    });
    if (chosen === undefined) return;
    const request: UpdateRequest = { scope: 'workspace', level: chosen.level };
    await server.executeCommand(SERVER_COMMANDS.update, request);
  });
}
