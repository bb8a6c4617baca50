import * as vscode from 'vscode';
import { CLIENT_COMMANDS } from '../../../server/src/lsp/messages.ts';
import { t } from '../translate.ts';

/** Registers copying a command line that the user may run. It is never run for them. */
export function registerCopyCommand(): vscode.Disposable {
  return vscode.commands.registerCommand(CLIENT_COMMANDS.copyCommand, async (commandLine?: unknown) => {
    if (typeof commandLine !== 'string') return;
    await vscode.env.clipboard.writeText(commandLine);
    vscode.window.setStatusBarMessage(t('Copied: {0}', commandLine), 5000);
  });
}
