import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { open } from './documents.ts';
import { test } from './registry.ts';

test('names are completed without a registry, and versions say why they are not known', async () => {
  const document = await open('shop/package.json');
  const names = await completionsAt(document, '"lodahs"', '"lod'.length);
  assert.ok(names.includes('lodash'), names.slice(0, 20).join());
  const versions = await completionsAt(document, '"^4.17.0"', 1);
  assert.ok(
    versions.some((label) => label.endsWith(' unknown')),
    versions.slice(0, 20).join(),
  );
});

test('hints say that newer versions are not known, and lenses where they are chosen', async () => {
  const document = await open('shop/package.json');
  const everything = new vscode.Range(0, 0, document.lineCount, 0);
  const hints = await ask<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, everything);
  const labels = hints.map(({ label }) => (typeof label === 'string' ? label : label[0]!.value));
  assert.ok(
    labels.some((label) => label.startsWith('updates not checked: offline')),
    labels.join(),
  );
  const lenses = async () => {
    const found = await ask<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
    return found.filter(({ command }) => command?.title.startsWith('updates not checked') === true).length;
  };
  assert.equal(await lenses(), 0);
  const settings = vscode.workspace.getConfiguration('dependencyHygiene');
  await settings.update('updateHints', 'codeLens', vscode.ConfigurationTarget.Workspace);
  try {
    for (let look = 0; look < 100 && (await lenses()) === 0; look++);
    assert.equal(await lenses(), 1);
  } finally {
    await settings.update('updateHints', undefined, vscode.ConfigurationTarget.Workspace);
  }
});

test('an update that can know nothing says so and changes nothing', async () => {
  const document = await open('shop/package.json');
  const before = document.getText();
  const commands = await vscode.commands.getCommands(true);
  assert.ok(commands.includes('dependencyHygiene.updateDependencies'));
  const request = { scope: 'file', uri: document.uri.toString(), level: 'major' };
  const result = await ask<{ updated: number; message: string }>('dependencyHygiene.server.update', request);
  assert.equal(result.updated, 0);
  assert.match(result.message, /Not checked: .*offline/);
  assert.equal(document.getText(), before);
});

async function completionsAt(document: vscode.TextDocument, part: string, behind: number): Promise<string[]> {
  const position = document.positionAt(document.getText().indexOf(part) + behind);
  const list = await ask<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

function ask<T>(command: string, ...parameters: unknown[]): Promise<T> {
  return Promise.resolve(vscode.commands.executeCommand<T>(command, ...parameters));
}
