import * as vscode from 'vscode';

/**
 * Sets the context key `dependencyHygiene.restricted` while the folder is not trusted. VS Code's own `isWorkspaceTrusted`
 * is false until it has looked, and the view would call every folder untrusted for a moment.
 */
export function noteRestricted(): vscode.Disposable {
  const note = () =>
    void vscode.commands.executeCommand(
      'setContext',
      'dependencyHygiene.restricted',
      !vscode.workspace.isTrusted,
    );
  note();
  return vscode.workspace.onDidGrantWorkspaceTrust(note);
}
