import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { findings, open } from './documents.ts';
import { test } from './registry.ts';

const misspelled = [
  'expres',
  'express-js',
  'expresss',
  'lodahs',
  'lodash-',
  'lodashjs',
  'moment-js',
  'momentt',
  'momnet',
  'reacct',
  'react-js',
  'reactt',
];

test('the misspelled names of the demo are underlined, each once and with its quotes', async () => {
  const document = await open('shop/package.json');
  const found = await findings(document, 'typosquat-name');
  const texts = found.map(({ range }) => document.getText(range));
  assert.deepEqual(texts.sort(), misspelled.map((name) => `"${name}"`).sort());
  const all = vscode.languages.getDiagnostics(document.uri);
  const keys = all.map(({ range, code, message }) => JSON.stringify([range, code, message]));
  assert.equal(new Set(keys).size, keys.length);
}, ['trusted', 'restricted']);

test('a lockfile is underlined at the altered values', async () => {
  const document = await open('tampered/package-lock.json');
  const [mismatch] = await findings(document, 'lockfile-entry-mismatch');
  const [foreign] = await findings(document, 'lockfile-foreign-source');
  for (const finding of [mismatch, foreign]) {
    assert.match(document.getText(finding!.range), /^"https?:[^"]+"$/);
    assert.equal(finding!.severity, vscode.DiagnosticSeverity.Error);
  }
});

test('a finding names its rule and links to the page of it', async () => {
  const [finding] = await findings(await open('shop/package.json'), 'typosquat-name');
  const code = finding?.code;
  assert.ok(typeof code === 'object', 'the code carries a link');
  assert.match(code.target.toString(), /typosquat-name/);
});

test('a project that is not on the screen is not looked into until the workspace is checked', async () => {
  await findings(await open('shop/package.json'), 'typosquat-name');
  // Other extensions load a manifest without showing it.
  const { workspaceFolders } = vscode.workspace;
  const unseen = vscode.Uri.joinPath(workspaceFolders![0]!.uri, 'no-lock/package.json');
  await vscode.workspace.openTextDocument(unseen);
  await findings(await open('tampered/package-lock.json'), 'lockfile-entry-mismatch');
  assert.deepEqual(vscode.languages.getDiagnostics(unseen), []);
  await vscode.commands.executeCommand('dependencyHygiene.checkWorkspace');
  await findings(await vscode.workspace.openTextDocument(unseen), 'lockfile-missing');
});
