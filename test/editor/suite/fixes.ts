import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
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

/** The code action of a kind whose title matches. VS Code drops the answers when anything changes while it asks. */
async function codeAction(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind: vscode.CodeActionKind,
  title: RegExp,
): Promise<vscode.CodeAction> {
  const resolved = 50;
  let titles: string[] = [];
  for (let ask = 0; ask < 10; ask++) {
    const actions: vscode.CodeAction[] = await vscode.commands.executeCommand(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      kind.value,
      resolved,
    );
    const found = actions.find((action) => title.test(action.title));
    if (found !== undefined) return found;
    titles = actions.map((action) => action.title);
    await delay(200);
  }
  throw new Error(`no code action matches ${title}; there are: ${titles.join('; ') || 'none'}`);
}

async function perform(action: vscode.CodeAction): Promise<void> {
  if (action.edit) assert.ok(await vscode.workspace.applyEdit(action.edit), 'the edit applies');
  if (action.command) {
    await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
  }
}
