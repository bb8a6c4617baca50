import * as vscode from 'vscode';
import { CLIENT_COMMANDS } from '../../../server/src/lsp/messages.ts';
import { t } from '../translate.ts';

/**
 * Registers opening the bundled page of a rule, rendered. Asks for the rule if called without an id, as from
 * the palette.
 */
export function registerOpenRulePage(extension: vscode.Uri): vscode.Disposable {
  const folder = vscode.Uri.joinPath(extension, 'server', 'docs', 'rules');
  return vscode.commands.registerCommand(CLIENT_COMMANDS.openRulePage, async (rule?: unknown) => {
    const id = typeof rule === 'string' ? rule : await pickRule(folder);
    if (id === undefined || !isRuleId(id)) return;
    await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(folder, `${id}.md`));
  });
}

/**
 * Checks a rule id: README.md in the folder is not a rule's page, and other characters could lead out of the folder.
 */
function isRuleId(name: string): boolean {
  return /^[a-z0-9-]+$/.test(name);
}

async function pickRule(folder: vscode.Uri): Promise<string | undefined> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const ids = entries
    .filter(([name]) => name.endsWith('.md'))
    .map(([name]) => name.slice(0, -'.md'.length))
    .filter(isRuleId);
  return vscode.window.showQuickPick(ids.sort(), { placeHolder: t('Which rule?') });
}
