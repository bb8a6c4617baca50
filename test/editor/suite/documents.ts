import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { PATIENCE } from '../patience.ts';

/** Returns the path of the open folder on disk. */
export function folder(): string {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(first, 'a folder is open');
  return first.uri.fsPath;
}

/** Writes a JSON file of the workspace to disk. */
export function write(path: string, value: unknown): void {
  const full = join(folder(), path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, `${JSON.stringify(value, null, 2)}\n`);
}

/** Shows a file of the workspace in an editor that stays open. */
export async function open(path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(join(folder(), path));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** Resolves with the findings of a rule on a document, as soon as there is one. */
export function findings(document: { readonly uri: vscode.Uri }, rule: string): Promise<vscode.Diagnostic[]> {
  return onceDiagnostics(() => {
    const found = ofRule(document, rule);
    return found.length > 0 ? found : undefined;
  }, `a finding of ${rule}`);
}

/** Resolves when no finding of a rule, or none of those given, is left on a document. */
export function gone(
  document: vscode.TextDocument,
  rule: string,
  isOne: (diagnostic: vscode.Diagnostic) => boolean = () => true,
): Promise<boolean> {
  return onceDiagnostics(() => !ofRule(document, rule).some(isOne) || undefined, `no finding of ${rule}`);
}

function ofRule(document: { readonly uri: vscode.Uri }, rule: string): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ code }) => (typeof code === 'object' ? code.value : code) === rule);
}

/** Resolves with the result of `check`, called now and after each change of diagnostics until it is defined. */
function onceDiagnostics<T>(check: () => T | undefined, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const ask = () => {
      const answer = check();
      if (answer === undefined) return;
      clearTimeout(timer);
      listener.dispose();
      resolve(answer);
    };
    const listener = vscode.languages.onDidChangeDiagnostics(ask);
    const timer = setTimeout(() => {
      listener.dispose();
      reject(new Error(`waited for ${what} in vain`));
    }, PATIENCE);
    ask();
  });
}
