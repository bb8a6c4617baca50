import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { codeAction, perform } from './actions.ts';
import { findings, gone, open, write } from './documents.ts';
import { test } from './registry.ts';

test('the quick fix for a private scope without a registry writes .npmrc', async () => {
  write('private-scope/dependency-hygiene.json', { privateScopes: ['@acme'] });
  const manifest = {
    name: '@acme/shop',
    version: '1.0.0',
    publishConfig: { registry: 'https://npm.acme.example.test/' },
    dependencies: { '@acme/ui': '^1.0.0' },
  };
  write('private-scope/package.json', manifest);
  const document = await open('private-scope/package.json');
  const [finding] = await findings(document, 'scope-registry-missing');
  await perform(await codeAction(document, finding!.range, vscode.CodeActionKind.QuickFix, /\.npmrc/));
  await gone(document, 'scope-registry-missing');
  const npmrc = await open('private-scope/.npmrc');
  assert.ok(await npmrc.save(), '.npmrc can be saved');
  assert.match(
    readFileSync(npmrc.fileName, 'utf8'),
    /^@acme:registry=https:\/\/npm\.acme\.example\.test\/$/m,
  );
});

test('fix-all applies safe fixes and no other', async () => {
  const url = 'git+http://git.example.test/team/tool.git#0123456789abcdef0123456789abcdef01234567';
  write('fix-all/package.json', {
    name: 'fix-all',
    version: '1.0.0',
    dependencies: { tool: url, lodahs: '^4.0.0' },
  });
  const document = await open('fix-all/package.json');
  await findings(document, 'insecure-url');
  const whole = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
  const kind = vscode.CodeActionKind.SourceFixAll.append('dependencyHygiene');
  await perform(await codeAction(document, whole, kind, /./));
  assert.match(document.getText(), /git\+https:\/\/git\.example\.test/);
  assert.match(document.getText(), /"lodahs"/);
  await gone(document, 'insecure-url');
});

test('fix-all runs when a file is saved, where the user wants that', async () => {
  const editor = vscode.workspace.getConfiguration('editor');
  const onSave = { 'source.fixAll.dependencyHygiene': 'explicit' };
  await editor.update('codeActionsOnSave', onSave, vscode.ConfigurationTarget.Workspace);
  try {
    const url = 'git+http://git.example.test/team/tool.git#0123456789abcdef0123456789abcdef01234567';
    write('on-save/package.json', { name: 'on-save', version: '1.0.0', dependencies: { tool: url } });
    const document = await open('on-save/package.json');
    await findings(document, 'insecure-url');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 1), ' ');
    assert.ok(await vscode.workspace.applyEdit(edit), 'the edit applies');
    assert.ok(await document.save(), 'the file can be saved');
    assert.match(readFileSync(document.fileName, 'utf8'), /git\+https:\/\/git\.example\.test/);
  } finally {
    await editor.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Workspace);
  }
});
