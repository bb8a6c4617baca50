import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
const SCRIPT = join(import.meta.dirname, 'smoke.el');
const MANIFEST = `{
  "private": true,
  "dependencies": {
    "lodahs": "^4.17.0",
    "express": "^5.1.0"
  }
}
`;

interface Seen {
  readonly mode: string;
  readonly diagnostics: readonly string[];
  readonly card: string;
  readonly titles: readonly string[];
  readonly completed: readonly string[];
  readonly text: string;
}

/** Runs one session of a real Emacs with Eglot and the built server, which the script then describes in a file. */
async function session(): Promise<Seen> {
  const folder = mkdtempSync(join(tmpdir(), 'dephygiene-emacs-'));
  try {
    writeFileSync(join(folder, 'package.json'), MANIFEST);
    const out = join(folder, 'seen.json');
    const env = {
      ...process.env,
      HOME: folder,
      DEPHYGIENE: JSON.stringify([process.execPath, CLI, 'lsp', '--stdio']),
      SEEN: out,
    };
    await promisify(execFile)('emacs', ['-Q', '--batch', '-l', SCRIPT], {
      cwd: folder,
      env,
      timeout: 60_000,
    });
    return JSON.parse(readFileSync(out, 'utf8')) as Seen;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const hasEglot = spawnSync('emacs', ['-Q', '--batch', '-l', 'eglot']).status === 0;
if (!hasEglot) console.log('emacs is not installed: the test with a real Emacs is left out');

if (hasEglot) {
  test('Emacs shows findings, a card, completions, and applies a fix', async () => {
    const { mode, diagnostics, card, titles, completed, text } = await session();
    // The mode of plain Emacs, without packages.
    assert.equal(mode, 'js-json-mode');
    assert.ok(
      diagnostics.some((shown) => shown.includes('Did you mean "lodash"?')),
      diagnostics.join('\n'),
    );
    assert.match(card, /lodahs/);
    assert.match(card, /Not checked/);
    assert.equal(titles[0], 'Replace with "lodash": "^4.17.0"');
    assert.ok(
      completed.some((label) => label.includes('execa')),
      completed.join(),
    );
    assert.equal(text, MANIFEST.replace('lodahs', 'lodash'));
  });
}
