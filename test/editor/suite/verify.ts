import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from './registry.ts';
import { tabOnce } from './tabs.ts';

test('the card of a package is rendered Markdown, and says what was not checked', async () => {
  const all = await vscode.commands.getCommands(true);
  assert.ok(all.includes('dependencyHygiene.verifyPackage'));
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  const uri = vscode.Uri.joinPath(folder, 'shop/package.json').toString();
  await vscode.commands.executeCommand('dependencyHygiene.verifyPackage', { package: 'lodahs', uri });
  const page = await tabOnce(({ label }) => label.includes('lodahs.md'));
  assert.ok(page.input instanceof vscode.TabInputWebview, 'the page is rendered');
  const address = vscode.Uri.from({ scheme: 'dependency-hygiene', path: '/lodahs.md' });
  const text = (await vscode.workspace.openTextDocument(address)).getText();
  assert.match(text, /^# lodahs\n/);
  assert.match(text, /^\| Name \| \*\*Doubtful:\*\* looks like a misspelling of lodash/m);
  assert.match(text, /^\| Not checked \| registry metadata: /m);
  await vscode.window.tabGroups.close(page);
}, ['trusted', 'restricted']);
