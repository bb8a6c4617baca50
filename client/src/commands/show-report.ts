import * as vscode from 'vscode';
import {
  type ReportQuestion,
  SERVER_COMMANDS,
  type WebPageResult,
} from '../../../server/src/lsp/messages.ts';
import { COMMANDS } from '../config.ts';
import type { ServerHandle } from '../server-handle.ts';
import { t } from '../translate.ts';
import { createWebPages } from '../web-pages.ts';

/** Registers "Show Report", which shows the report of an open folder; with several, asks for one. */
export function registerShowReport(server: ServerHandle): vscode.Disposable {
  const pages = createWebPages('dependencyHygiene.report', t('Making the report'));
  const command = vscode.commands.registerCommand(COMMANDS.showReport, async () => {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const chosen = folders.length < 2 ? folders[0] : await vscode.window.showWorkspaceFolderPick();
    if (chosen === undefined) return;
    const folder = chosen.uri.toString();
    await pages.show(folder, t('Report: {0}', chosen.name), (nonce) => {
      const question: ReportQuestion = { nonce, folder };
      return server.executeCommand(SERVER_COMMANDS.report, question) as Promise<WebPageResult | null>;
    });
  });
  return vscode.Disposable.from(command, pages);
}
