import * as vscode from 'vscode';
import { SERVER_COMMANDS, type TextQuestion } from '../../../server/src/lsp/messages.ts';
import { COMMANDS } from '../config.ts';
import type { ServerHandle } from '../server-handle.ts';
import type { TextPages } from '../text-pages.ts';
import { t } from '../translate.ts';

/**
 * Registers "Show What Leaves This Machine", which lists the names that may be sent to each registry, as
 * rendered Markdown.
 */
export function registerShowPrivacy(server: ServerHandle, pages: TextPages): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.showPrivacy, async () => {
    const asked: TextQuestion = { format: 'markdown' };
    const answer = await server.executeCommand(SERVER_COMMANDS.privacy, asked);
    if (typeof answer !== 'string') return;
    const text = answer === '' ? `${t('No package.json was found in the opened folders.')}\n` : answer;
    const title = t('What leaves this machine');
    await pages.showMarkdown(title, `# ${title}\n\n${text}`);
  });
}
