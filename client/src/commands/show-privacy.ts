import * as vscode from 'vscode';
import { SERVER_COMMANDS } from '../../../server/src/lsp/messages.ts';
import { COMMANDS } from '../config.ts';
import type { ServerHandle } from '../server-handle.ts';

const SCHEME = 'dependency-hygiene';
const PAGE = vscode.Uri.from({ scheme: SCHEME, path: '/What leaves this machine.txt' });

/**
 * Registers "Show What Leaves This Machine", which lists the names that may be sent to each registry in a
 * virtual document.
 */
export function registerShowPrivacy(server: ServerHandle): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let text = '';
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: () => text,
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider),
    vscode.commands.registerCommand(COMMANDS.showPrivacy, async () => {
      const answer = await server.executeCommand(SERVER_COMMANDS.privacy);
      if (typeof answer !== 'string') return;
      text = answer === '' ? 'No package.json was found in the opened folders.\n' : answer;
      changed.fire(PAGE);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(PAGE), { preview: true });
    }),
  );
}
