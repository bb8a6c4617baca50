import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { largeLockfile } from '../../large-lockfile.ts';
import { findings, folder, open, write } from './documents.ts';
import { test } from './registry.ts';

test('a lockfile over 50 MB, which VS Code hands on to nobody, is read from the disk and marked', async () => {
  write('large/package.json', {
    name: 'large',
    private: true,
    packageManager: 'npm@11.19.1',
    dependencies: { 'large-0': '1.0.0' },
  });
  mkdirSync(join(folder(), 'large'), { recursive: true });
  const file = join(folder(), 'large/package-lock.json');
  writeFileSync(file, largeLockfile().text);
  const uri = vscode.Uri.file(file);
  await vscode.commands.executeCommand('vscode.open', uri);
  assert.ok(
    vscode.workspace.textDocuments.every((document) => document.uri.fsPath !== file),
    'it is not handed on',
  );
  await open('large/package.json');
  await vscode.commands.executeCommand('dependencyHygiene.checkWorkspace');
  const [insecure] = await findings({ uri }, 'insecure-url');
  assert.match(insecure!.message, /last 1\.0\.0/);
  assert.equal(insecure!.range.end.character - insecure!.range.start.character, 'http'.length);
});
