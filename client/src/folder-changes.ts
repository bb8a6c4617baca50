import * as vscode from 'vscode';
import type { FoldersParams } from '../../server/src/lsp/messages.ts';

/** A checkout of git changes many folders within moments. */
const QUIET_MS = 300;

/**
 * Reports folders that appear and paths that vanish. VS Code reports a folder that was moved, or deleted with all in it,
 * as one change, for which the server's patterns of file names do not match.
 */
export function followFolders(report: (params: FoldersParams) => void): vscode.Disposable {
  const created = new Map<string, vscode.Uri>();
  const deleted = new Map<string, vscode.Uri>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const send = async () => {
    const [appeared, gone] = [topmost(created), topmost(deleted)];
    created.clear();
    deleted.clear();
    report({ created: (await foldersOf(appeared)).map(String), deleted: gone.map(String) });
  };
  const note = (changes: Map<string, vscode.Uri>, uri: vscode.Uri) => {
    if (/\/(?:node_modules|\.git)(?:\/|$)/.test(uri.path)) return;
    changes.set(uri.toString(), uri);
    clearTimeout(timer);
    timer = setTimeout(() => void send(), QUIET_MS);
  };
  const watcher = vscode.workspace.createFileSystemWatcher('**/*', false, true, false);
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate((uri) => note(created, uri)),
    watcher.onDidDelete((uri) => note(deleted, uri)),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}

/** Returns those of which no folder above changed too. */
function topmost(changes: ReadonlyMap<string, vscode.Uri>): readonly vscode.Uri[] {
  return [...changes.values()].filter((uri) => {
    for (let at = uri; at.path.length > 1; ) {
      at = vscode.Uri.joinPath(at, '..');
      if (changes.has(at.toString())) return false;
    }
    return true;
  });
}

/** Returns those that are folders, and asks each folder above them once: many files may appear at once. */
async function foldersOf(uris: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
  const parents = new Map(
    uris.map((uri) => vscode.Uri.joinPath(uri, '..')).map((uri) => [uri.toString(), uri]),
  );
  const folders = new Set<string>();
  for (const parent of parents.values()) {
    const items = await vscode.workspace.fs.readDirectory(parent).then(
      (found) => found,
      () => [],
    );
    for (const [name, type] of items)
      if (type === vscode.FileType.Directory) folders.add(vscode.Uri.joinPath(parent, name).toString());
  }
  return uris.filter((uri) => folders.has(uri.toString()));
}
