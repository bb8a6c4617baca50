import * as vscode from 'vscode';
import { COMMANDS } from '../config.ts';
import { type Node, openCommand } from '../dependencies-nodes.ts';

/** Registers "Show Fixes" of a finding in the view, which opens its place and the light bulb there. */
export function registerShowFixes(): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.showFixes, async (node?: Node) => {
    const place = node?.type === 'entry' ? node.of.places[0] : undefined;
    if (place === undefined) return;
    const { command, arguments: given = [] } = openCommand(place);
    await vscode.commands.executeCommand(command, ...given);
    await vscode.commands.executeCommand('editor.action.quickFix');
  });
}
