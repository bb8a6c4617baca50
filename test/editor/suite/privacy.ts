import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { open } from './documents.ts';
import { test } from './registry.ts';
import { tabOnce } from './tabs.ts';

test('the command shows on a rendered page what may leave the machine', async () => {
  await open('shop/package.json');
  await vscode.commands.executeCommand('dependencyHygiene.showPrivacy');
  const page = await tabOnce(({ label }) => label.includes('What leaves this machine'));
  assert.ok(page.input instanceof vscode.TabInputWebview, 'the page is rendered');
  const address = vscode.Uri.from({ scheme: 'dependency-hygiene', path: '/What leaves this machine.md' });
  const text = (await vscode.workspace.openTextDocument(address)).getText();
  assert.match(text, /^## shop \(npm\)$/m);
  assert.match(text, /acme\/ui/);
  assert.match(text, /made without a request/);
  await vscode.window.tabGroups.close(page);
}, ['trusted', 'restricted']);
