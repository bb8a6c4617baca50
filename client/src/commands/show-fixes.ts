import * as vscode from 'vscode';
import { COMMANDS } from '../config.ts';
import { type Node, openCommand } from '../dependencies-nodes.ts';
import { t } from '../translate.ts';

interface FixItem extends vscode.QuickPickItem {
  readonly action: vscode.CodeAction;
}

/** Registers "Show Fixes" of a finding in the view, which opens its place and offers the fixes there as a list. */
export function registerShowFixes(): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.showFixes, async (node?: Node) => {
    const place = node?.type === 'entry' ? node.of.places[0] : undefined;
    if (place === undefined) return;
    const { command, arguments: given = [] } = openCommand(place);
    await vscode.commands.executeCommand(command, ...given);
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return;
    // Not the editor's own menu, which closes when the view takes the focus back.
    const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      editor.document.uri,
      editor.selection,
      vscode.CodeActionKind.QuickFix.value,
    );
    const items = actions.map((action): FixItem => ({ label: action.title, action }));
    const picked = await vscode.window.showQuickPick(items, {
      placeHolder: items.length === 0 ? t('No fixes are known here') : t('Apply a fix'),
    });
    if (picked === undefined) return;
    const { edit, command: next } = picked.action;
    if (edit !== undefined) await vscode.workspace.applyEdit(edit);
    if (next !== undefined) await vscode.commands.executeCommand(next.command, ...(next.arguments ?? []));
  });
}
