import * as vscode from 'vscode';
import {
  CLIENT_COMMANDS,
  SERVER_COMMANDS,
  type VerifyParams,
  type VerifyResult,
} from '../../../server/src/lsp/messages.ts';
import type { ServerHandle } from '../server-handle.ts';
import type { TextPages } from '../text-pages.ts';
import { t } from '../translate.ts';

/** Registers "Verify Package", which asks for a name and shows the server's results as rendered Markdown. */
export function registerVerifyPackage(server: ServerHandle, pages: TextPages): vscode.Disposable {
  return vscode.commands.registerCommand(CLIENT_COMMANDS.verifyPackage, async (given?: unknown) => {
    const params = readParams(given) ?? (await askForPackage());
    if (params === undefined) return;
    const location = vscode.ProgressLocation.Notification;
    const title = t('Verifying {0}', params.package);
    const asked: VerifyParams = { ...params, format: 'markdown' };
    const answer = await vscode.window.withProgress({ location, title }, () =>
      server.executeCommand(SERVER_COMMANDS.verify, asked),
    );
    const result = answer as VerifyResult | null;
    if (result === null) return;
    if ('problem' in result) void vscode.window.showWarningMessage(result.problem);
    else await pages.showMarkdown(result.title, result.text);
  });
}

function readParams(given: unknown): VerifyParams | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { package: name, uri } = given as { readonly package?: unknown; readonly uri?: unknown };
  if (typeof name !== 'string') return undefined;
  return { package: name, ...(typeof uri === 'string' ? { uri } : {}) };
}

/** Suggests the text at the cursor if it can be a name. */
async function askForPackage(): Promise<VerifyParams | undefined> {
  const editor = vscode.window.activeTextEditor;
  const range = editor?.document.getWordRangeAtPosition(editor.selection.active, /"[^"\s]{1,214}"/);
  const word = range === undefined ? '' : editor!.document.getText(range).slice(1, -1);
  const typed = await vscode.window.showInputBox({
    title: t('Verify a package'),
    prompt: t(
      'Queries the registry, and downloads and hashes the file of the package. Nothing is installed.',
    ),
    placeHolder: 'left-pad, left-pad@^1.0.0, @types/node@latest',
    value: /^@?[a-z0-9][\w./-]*$/i.test(word) ? word : '',
  });
  if (typed === undefined || typed.trim() === '') return undefined;
  const uri = editor?.document.uri;
  const isFile = uri !== undefined && vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== undefined;
  return { package: typed.trim(), ...(isFile ? { uri: uri.toString() } : {}) };
}
