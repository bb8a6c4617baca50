import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
const SCRIPT = join(import.meta.dirname, 'smoke.lua');
const MANIFEST = `{
  "private": true,
  "dependencies": {
    "lodahs": "^4.17.0"
  }
}
`;

interface Seen {
  readonly diagnostics: readonly {
    code: string;
    lnum: number;
    col: number;
    end_col: number;
    source: string;
  }[];
  readonly hover: string;
  readonly titles: readonly string[];
  readonly after: readonly string[];
  readonly text: string;
}

/** Runs one session of a real Neovim with the built server, which the script then describes in a file. */
async function session(): Promise<Seen> {
  const folder = mkdtempSync(join(tmpdir(), 'dephygiene-nvim-'));
  try {
    writeFileSync(join(folder, 'package.json'), MANIFEST);
    const out = join(folder, 'seen.json');
    const env = {
      ...process.env,
      HOME: folder,
      XDG_STATE_HOME: join(folder, 'state'),
      XDG_CACHE_HOME: join(folder, 'cache'),
      DEPHYGIENE: JSON.stringify([process.execPath, CLI, 'lsp', '--stdio']),
      SEEN: out,
    };
    const args = ['--headless', '-u', 'NONE', '-i', 'NONE', '-l', SCRIPT];
    await promisify(execFile)('nvim', args, { cwd: folder, env, timeout: 60_000 });
    return JSON.parse(readFileSync(out, 'utf8')) as Seen;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const hasNeovim = spawnSync('nvim', ['--version']).status === 0;
if (!hasNeovim) console.log('nvim is not installed: the test with a real Neovim is left out');

if (hasNeovim) {
  test('Neovim shows findings, hovers, applies a fix and sees the finding go', async () => {
    const { diagnostics, hover, titles, after, text } = await session();
    const typo = diagnostics.find(({ code }) => code === 'typosquat-name');
    assert.deepEqual(
      { lnum: typo?.lnum, col: typo?.col, end_col: typo?.end_col, source: typo?.source },
      { lnum: 3, col: 4, end_col: 12, source: 'Dependency Hygiene' },
    );
    assert.match(hover, /lodahs/);
    assert.match(hover, /Not checked/);
    assert.ok(titles.some((title) => title.includes('"lodash"')));
    assert.ok(!after.includes('typosquat-name'), after.join());
    assert.equal(text, MANIFEST.replace('lodahs', 'lodash'));
  });
}
