import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { PATIENCE } from '../patience.ts';

/** Returns the code action of a kind whose title matches. VS Code drops the results if anything changes meanwhile. */
export async function codeAction(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind: vscode.CodeActionKind,
  title: RegExp,
): Promise<vscode.CodeAction> {
  const resolved = 50;
  let titles: string[] = [];
  for (const end = Date.now() + PATIENCE; Date.now() < end; await delay(200)) {
    const actions: vscode.CodeAction[] = await vscode.commands.executeCommand(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      kind.value,
      resolved,
    );
    const found = actions.find((action) => title.test(action.title));
    if (found !== undefined) return found;
    titles = actions.map((action) => action.title);
  }
  throw new Error(`no code action matches ${title}; there are: ${titles.join('; ') || 'none'}`);
}

/** Performs the action as choosing it in the light bulb would. */
export async function perform(action: vscode.CodeAction): Promise<void> {
  if (action.edit) assert.ok(await vscode.workspace.applyEdit(action.edit), 'the edit applies');
  if (action.command) {
    await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
  }
}
