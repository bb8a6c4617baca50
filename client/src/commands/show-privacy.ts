import * as vscode from 'vscode';
import { SERVER_COMMANDS, type TextQuestion } from '../../../server/src/lsp/messages.ts';
import { COMMANDS } from '../config.ts';
import type { ServerHandle } from '../server-handle.ts';
import type { TextPages } from '../text-pages.ts';

const TITLE = 'What leaves this machine';

/**
 * Registers "Show What Leaves This Machine", which lists the names that may be sent to each registry, as
 * rendered Markdown.
 */
export function registerShowPrivacy(server: ServerHandle, pages: TextPages): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.showPrivacy, async () => {
    const asked: TextQuestion = { format: 'markdown' };
    const answer = await server.executeCommand(SERVER_COMMANDS.privacy, asked);
    if (typeof answer !== 'string') return;
    const text = answer === '' ? 'No package.json was found in the opened folders.\n' : answer;
    await pages.showMarkdown(TITLE, `# ${TITLE}\n\n${text}`);
  });
}
