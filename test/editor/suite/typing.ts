import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { findings, folder, open, write } from './documents.ts';
import { test } from './registry.ts';

const TIMES = 6;

test('what is typed fast reaches the server in its order while another extension loads manifests', async () => {
  for (let at = 0; at < TIMES; at++) {
    write(`typed/${at}/package.json`, { name: 'typed', dependencies: { 'is-number': '^7.0.0' } });
    write(`typed/hidden-${at}/package.json`, { name: `hidden-${at}` });
  }
  for (let at = 0; at < TIMES; at++) {
    const document = await open(`typed/${at}/package.json`);
    const start = document.positionAt(document.getText().indexOf('is-number'));
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document, document);
    editor.selection = new vscode.Selection(start, start.translate(0, 'is-number'.length));
    await vscode.workspace.openTextDocument(join(folder(), `typed/hidden-${at}/package.json`));
    // Not one after the other: VS Code combines keys that are typed fast.
    const keys = [...'lodahs'].map((text) => vscode.commands.executeCommand('type', { text }));
    await Promise.all(keys);
    const [finding] = await findings(document, 'typosquat-name');
    assert.equal(document.getText(finding!.range), '"lodahs"');
    await document.save();
  }
});
