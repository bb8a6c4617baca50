import * as vscode from 'vscode';
import {
  SERVER_COMMANDS,
  type UpdateRequest,
  type UpdateRequestLevel,
} from '../../../server/src/lsp/messages.ts';
import { COMMANDS } from '../config.ts';
import type { ServerHandle } from '../server-handle.ts';
import { t } from '../translate.ts';

interface Level extends vscode.QuickPickItem {
  readonly level: UpdateRequestLevel;
}

const levels = (): readonly Level[] => [
  { level: 'patch', label: t('Patch only'), description: t('{0} to {1}', '1.2.3', '1.2.4') },
  { level: 'minor', label: t('Minor and patch'), description: t('{0} to {1}', '1.2.3', '1.3.0') },
  { level: 'major', label: t('Major too'), description: t('{0} to {1}', '1.2.3', '2.0.0') },
];

/** Registers "Update Dependencies", for every range below the open folders, up to the level that the user chooses. */
export function registerUpdateDependencies(server: ServerHandle): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.updateDependencies, async () => {
    const chosen = await vscode.window.showQuickPick(levels(), {
      placeHolder: t('How far? Only versions that the cooldown lets through are written.'),
    });
    if (chosen === undefined) return;
    const request: UpdateRequest = { scope: 'workspace', level: chosen.level };
    await server.executeCommand(SERVER_COMMANDS.update, request);
  });
}
