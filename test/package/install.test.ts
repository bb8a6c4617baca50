import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { ensureEditor } from '../editor/install.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

test('the packed extension installs into a real VS Code', () => {
  const editor = ensureEditor();
  assert.ok('path' in editor, 'reason' in editor ? editor.reason : '');
  const folder = mkdtempSync(path.join(tmpdir(), 'dependency-hygiene-install-'));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', timeout: 180_000 });
  try {
    const file = path.join(folder, 'packed.vsix');
    const packed = run('server/tools/package.ts', file);
    assert.equal(packed.status, 0, packed.stderr);
    const options = ['--accept-server-license-terms', '--server-data-dir', folder];
    const installed = run(serverOf(editor.path), ...options, '--install-extension', file);
    assert.equal(installed.status, 0, installed.stderr);
    const { stdout } = run(serverOf(editor.path), ...options, '--list-extensions', '--show-versions');
    const { publisher, name, version } = JSON.parse(
      readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
    ) as Record<string, string>;
    assert.ok(stdout.split('\n').includes(`${publisher}.${name}@${version}`), stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function serverOf(editor: string): string {
  return path.join(editor, 'out/server-main.js');
}
