import * as vscode from 'vscode';

const SCHEME = 'dependency-hygiene';

/** Read-only documents with texts of ours. */
export interface TextPages extends vscode.Disposable {
  /** Shows the text, in the place of what the page of this title showed before. */
  show(title: string, text: string): Promise<void>;
  /** Does the same with Markdown, rendered. */
  showMarkdown(title: string, markdown: string): Promise<void>;
}

export function createTextPages(): TextPages {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const texts = new Map<string, string>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: ({ path }) => texts.get(path) ?? '',
  });
  const put = (title: string, extension: string, text: string): vscode.Uri => {
    const page = vscode.Uri.from({ scheme: SCHEME, path: `/${fileName(title)}.${extension}` });
    texts.set(page.path, text);
    changed.fire(page);
    return page;
  };
  return {
    async show(title, text) {
      const document = await vscode.workspace.openTextDocument(put(title, 'txt', text));
      await vscode.window.showTextDocument(document, { preview: true });
    },
    async showMarkdown(title, markdown) {
      await vscode.commands.executeCommand('markdown.showPreview', put(title, 'md', markdown));
    },
    dispose() {
      provider.dispose();
      changed.dispose();
    },
  };
}

/** Returns the title without characters that have a meaning in paths. */
function fileName(title: string): string {
  return title.replace(/[^\p{L}\p{N}_.@^~() -]/gu, '-');
}
