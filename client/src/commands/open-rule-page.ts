import * as vscode from 'vscode';
import { CLIENT_COMMANDS } from '../../../server/src/lsp/messages.ts';

/** Opens the bundled page of a rule, rendered. Without a rule's id, as from the palette, it asks which. */
export function registerOpenRulePage(extension: vscode.Uri): vscode.Disposable {
  const folder = vscode.Uri.joinPath(extension, 'server', 'docs', 'rules');
  return vscode.commands.registerCommand(CLIENT_COMMANDS.openRulePage, async (rule?: unknown) => {
    const id = typeof rule === 'string' ? rule : await pickRule(folder);
    if (id === undefined || !isRuleId(id)) return;
    await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(folder, `${id}.md`));
  });
}

/** The folder's README.md is about all of them, and a name with anything else could lead out of the folder. */
function isRuleId(name: string): boolean {
  return /^[a-z0-9-]+$/.test(name);
}

async function pickRule(folder: vscode.Uri): Promise<string | undefined> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const ids = entries
    .filter(([name]) => name.endsWith('.md'))
    .map(([name]) => name.slice(0, -'.md'.length))
    .filter(isRuleId);
  return vscode.window.showQuickPick(ids.sort(), { placeHolder: 'Which rule?' });
}
