import * as vscode from 'vscode';

const SCHEME = 'dependency-hygiene';

/** Read-only documents with texts of ours. */
export interface TextPages extends vscode.Disposable {
  /** Shows the text, in the place of what the page of this title showed before. */
  show(title: string, text: string): Promise<void>;
}

export function createTextPages(): TextPages {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const texts = new Map<string, string>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: ({ path }) => texts.get(path) ?? '',
  });
  return {
    async show(title, text) {
      const page = vscode.Uri.from({ scheme: SCHEME, path: `/${title}.txt` });
      texts.set(page.path, text);
      changed.fire(page);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(page), { preview: true });
    },
    dispose() {
      provider.dispose();
      changed.dispose();
    },
  };
}
