import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { open } from './documents.ts';
import { test } from './registry.ts';

test('the command shows on a page what may leave the machine', async () => {
  await open('shop/package.json');
  await vscode.commands.executeCommand('dependencyHygiene.showPrivacy');
  const page = vscode.window.activeTextEditor?.document;
  assert.equal(page?.uri.scheme, 'dependency-hygiene');
  assert.match(page.getText(), /^shop \(npm\)$/m);
  assert.match(page.getText(), /@acme\/ui/);
  assert.match(page.getText(), /Nothing was sent/);
  assert.equal(page.isDirty, false);
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
}, ['trusted', 'restricted']);
