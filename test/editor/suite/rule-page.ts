import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { findings, open } from './documents.ts';
import { test } from './registry.ts';

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

/** Resolves with the first tab for which a condition holds, as soon as there is one. */
function tabOnce(holds: (tab: vscode.Tab) => boolean): Promise<vscode.Tab> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      const tab = tabs.find(holds);
      if (tab === undefined) return;
      clearTimeout(timer);
      listener.dispose();
      resolve(tab);
    };
    const listener = vscode.window.tabGroups.onDidChangeTabs(look);
    const timer = setTimeout(() => {
      listener.dispose();
      reject(new Error('waited for a tab in vain'));
    }, 10_000);
    look();
  });
}
