import * as vscode from 'vscode';
import { CLIENT_COMMANDS, type ScriptPlace } from '../../../server/src/lsp/messages.ts';
import { openCommand } from '../dependencies-nodes.ts';

/** Registers opening a place of a hover card. Opens nothing but files of the kind that the open folders have. */
export function registerOpenPlace(): vscode.Disposable {
  return vscode.commands.registerCommand(CLIENT_COMMANDS.openPlace, async (given?: unknown) => {
    const place = readPlace(given);
    if (place === undefined) return;
    const { command, arguments: parameters = [] } = openCommand(place);
    await vscode.commands.executeCommand(command, ...parameters);
  });
}

function readPlace(given: unknown): ScriptPlace | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { uri, line, character } = given as Partial<Record<keyof ScriptPlace, unknown>>;
  if (typeof uri !== 'string' || !isIndex(line) || !isIndex(character)) return undefined;
  const { scheme } = vscode.Uri.parse(uri);
  const folders = vscode.workspace.workspaceFolders ?? [];
  const isKnown = scheme === 'file' || folders.some((folder) => folder.uri.scheme === scheme);
  return isKnown ? { uri, line, character } : undefined;
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
