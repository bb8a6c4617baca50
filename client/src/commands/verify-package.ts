import * as vscode from 'vscode';
import {
  CLIENT_COMMANDS,
  SERVER_COMMANDS,
  type VerifyParams,
  type VerifyResult,
} from '../../../server/src/lsp/messages.ts';
import type { ServerHandle } from '../server-handle.ts';

const SCHEME = 'dependency-hygiene-verify';

/** Registers "Verify Package", which asks for a name and shows the server's results as a plain text document. */
export function registerVerifyPackage(server: ServerHandle): vscode.Disposable {
  const cards = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: ({ path }) => cards.get(path) ?? '',
  });
  const command = vscode.commands.registerCommand(CLIENT_COMMANDS.verifyPackage, async (given?: unknown) => {
    const params = readParams(given) ?? (await askForPackage());
    if (params === undefined) return;
    const location = vscode.ProgressLocation.Notification;
    const title = `Verifying ${params.package}`;
    const answer = await vscode.window.withProgress({ location, title }, () =>
      server.executeCommand(SERVER_COMMANDS.verify, params),
    );
    const result = answer as VerifyResult | null;
    if (result === null) return;
    if ('problem' in result) {
      void vscode.window.showWarningMessage(result.problem);
      return;
    }
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${fileName(result.title)}.txt` });
    cards.set(uri.path, result.text);
    changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  });
  const closed = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
    if (uri.scheme === SCHEME) cards.delete(uri.path);
  });
  return vscode.Disposable.from(command, provider, changed, closed);
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
    title: 'Verify a package',
    prompt: 'Its registry is asked about it, and its file is downloaded and hashed. Nothing is installed.',
    placeHolder: 'left-pad, left-pad@^1.0.0, @types/node@latest',
    value: /^@?[a-z0-9][\w./-]*$/i.test(word) ? word : '',
  });
  if (typed === undefined || typed.trim() === '') return undefined;
  const uri = editor?.document.uri;
  const isFile = uri !== undefined && vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== undefined;
  return { package: typed.trim(), ...(isFile ? { uri: uri.toString() } : {}) };
}

/** Returns the title without characters that have a meaning in paths. */
function fileName(title: string): string {
  return title.replace(/[^\w.@^~() -]/g, '-');
}
