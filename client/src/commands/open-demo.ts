import * as vscode from 'vscode';
import { COMMANDS } from '../config.ts';

/** Two misspelled names, a version with known vulnerabilities and a range without an upper bound. */
const DEMO = `{
  "name": "dependency-hygiene-demo",
  "private": true,
  "dependencies": {
    "expresss": "^4.21.0",
    "lodahs": "^4.17.21",
    "minimist": "1.2.5",
    "react": ">=18.0.0"
  }
}
`;

/**
 * Registers "Open Demo", which writes a package.json with findings into the storage of the extension, as it was at first,
 * and shows it beside the walkthrough, whose tab is a preview. It is in no open folder, so that no registry is asked.
 */
export function registerOpenDemo(storage: vscode.Uri): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.openDemo, async () => {
    const file = vscode.Uri.joinPath(storage, 'demo', 'package.json');
    const isDirty = vscode.workspace.textDocuments.some(
      (document) => document.isDirty && document.uri.toString() === file.toString(),
    );
    if (!isDirty) await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(DEMO));
    await vscode.window.showTextDocument(file, { preview: false });
  });
}
