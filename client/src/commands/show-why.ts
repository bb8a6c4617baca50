import * as vscode from 'vscode';
import type { WhyResult } from '../../../server/src/lsp/hover-messages.ts';
import { CLIENT_COMMANDS, SERVER_COMMANDS } from '../../../server/src/lsp/messages.ts';
import type { ServerHandle } from '../server-handle.ts';
import type { TextPages } from '../text-pages.ts';
import { t } from '../translate.ts';

/** Registers showing the dependency paths to a package of a hover card, as rendered Markdown. The server checks the argument. */
export function registerShowWhy(server: ServerHandle, pages: TextPages): vscode.Disposable {
  return vscode.commands.registerCommand(CLIENT_COMMANDS.showWhy, async (question?: unknown) => {
    const asked = { ...(question as object | undefined), format: 'markdown' };
    const result = (await server.executeCommand(SERVER_COMMANDS.why, asked)) as WhyResult | null;
    if (result === null) return;
    if ('problem' in result) void vscode.window.showInformationMessage(result.problem);
    else await pages.showMarkdown(t('Why {0}', result.title), result.text);
  });
}
