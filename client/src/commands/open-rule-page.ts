import * as vscode from 'vscode';
import { CLIENT_COMMANDS } from '../../../server/src/lsp/messages.ts';

/** Opens the bundled page of a rule, rendered. Without a rule's id, as from the palette, it asks which. */
export function registerOpenRulePage(extension: vscode.Uri): vscode.Disposable {
  const folder = vscode.Uri.joinPath(extension, 'server', 'docs', 'rules');
  return vscode.commands.registerCommand(CLIENT_COMMANDS.openRulePage, async (rule?: unknown) => {
    const id = typeof rule === 'string' ? rule : await pickRule(folder);
    if (id === undefined || !/^[a-z0-9-]+$/.test(id)) return;
    await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(folder, `${id}.md`));
  });
}

async function pickRule(folder: vscode.Uri): Promise<string | undefined> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const ids = entries.filter(([name]) => name.endsWith('.md')).map(([name]) => name.slice(0, -'.md'.length));
  return vscode.window.showQuickPick(ids.sort(), { placeHolder: 'Which rule?' });
}
