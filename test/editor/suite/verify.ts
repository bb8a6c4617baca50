import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from './registry.ts';

test('the card of a package is a document of plain text, and says what was not checked', async () => {
  const all = await vscode.commands.getCommands(true);
  assert.ok(all.includes('dependencyHygiene.verifyPackage'));
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  const uri = vscode.Uri.joinPath(folder, 'shop/package.json').toString();
  await vscode.commands.executeCommand('dependencyHygiene.verifyPackage', { package: 'lodahs', uri });
  const document = vscode.window.activeTextEditor!.document;
  assert.equal(document.uri.scheme, 'dependency-hygiene-verify');
  assert.equal(document.languageId, 'plaintext');
  assert.match(document.getText(), /^lodahs\n/);
  assert.match(document.getText(), /^Name +DOUBTFUL: looks like a misspelling of lodash/m);
  assert.match(document.getText(), /^Not checked +registry metadata: /m);
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
}, ['trusted', 'restricted']);
