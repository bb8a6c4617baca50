import * as vscode from 'vscode';
import { CLIENT_COMMANDS, type TerminalCommand } from '../../../server/src/lsp/messages.ts';
import { DISPLAY_NAME } from '../config.ts';

/** Registers typing a command line into a new terminal in its folder. The user runs it, or does not. */
export function registerPutInTerminal(): vscode.Disposable {
  return vscode.commands.registerCommand(CLIENT_COMMANDS.putInTerminal, (given?: unknown) => {
    const { command, folder } = (given ?? {}) as Partial<Record<keyof TerminalCommand, unknown>>;
    // A line end would run it.
    if (typeof command !== 'string' || typeof folder !== 'string' || /\p{Cc}/u.test(command)) return;
    const terminal = vscode.window.createTerminal({ name: DISPLAY_NAME, cwd: vscode.Uri.parse(folder) });
    terminal.show();
    terminal.sendText(command, false);
  });
}
