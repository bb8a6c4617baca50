import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { findings, open } from './documents.ts';
import { test } from './registry.ts';
import { tabOnce } from './tabs.ts';

test('the link of a finding opens the page of its rule', async () => {
  const [finding] = await findings(await open('shop/package.json'), 'typosquat-name');
  const code = finding?.code;
  assert.ok(typeof code === 'object', 'the code carries a link');
  const { path, query } = code.target;
  await vscode.commands.executeCommand(path, ...(JSON.parse(query) as unknown[]));
  const page = await tabOnce(({ label }) => label.includes('typosquat-name.md'));
  assert.ok(page.input instanceof vscode.TabInputWebview, 'the page is rendered');
  await vscode.window.tabGroups.close(page);
}, ['trusted', 'restricted']);
