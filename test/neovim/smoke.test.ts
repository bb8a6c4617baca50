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
    "lodahs": "^4.17.0",
    "express": "^5.1.0"
  }
}
`;
/** Locks one of them. */
const LOCKFILE = `{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "lodahs": "^4.17.0", "express": "^5.1.0" } },
    "node_modules/express": { "version": "5.1.0" }
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
  /** How often diagnostics came, by the method of the protocol. */
  readonly arrived: Readonly<Record<string, number>>;
  readonly card: string;
  readonly hints: readonly string[];
  readonly completed: readonly string[];
  readonly titles: readonly string[];
  readonly after: readonly string[];
  readonly text: string;
}

/** Runs one session of a real Neovim with the built server, which the script then describes in a file. */
async function session(diagnostics: 'pulled' | 'pushed'): Promise<Seen> {
  const folder = mkdtempSync(join(tmpdir(), 'dephygiene-nvim-'));
  try {
    writeFileSync(join(folder, 'package.json'), MANIFEST);
    writeFileSync(join(folder, 'package-lock.json'), LOCKFILE);
    const out = join(folder, 'seen.json');
    const env = {
      ...process.env,
      HOME: folder,
      XDG_STATE_HOME: join(folder, 'state'),
      XDG_CACHE_HOME: join(folder, 'cache'),
      DEPHYGIENE: JSON.stringify([process.execPath, CLI, 'lsp', '--stdio']),
      SEEN: out,
      ...(diagnostics === 'pushed' ? { PUSHED: '1' } : {}),
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

for (const way of hasNeovim ? (['pulled', 'pushed'] as const) : []) {
  test(`Neovim shows findings that are ${way}, a card, hints, completions, and applies a fix`, async () => {
    const { diagnostics, arrived, card, hints, completed, titles, after, text } = await session(way);
    const typo = diagnostics.find(({ code }) => code === 'typosquat-name');
    assert.deepEqual(
      { lnum: typo?.lnum, col: typo?.col, end_col: typo?.end_col, source: typo?.source },
      { lnum: 3, col: 4, end_col: 12, source: 'Dependency Hygiene' },
    );
    const methods = { pulled: 'textDocument/diagnostic', pushed: 'textDocument/publishDiagnostics' };
    assert.deepEqual(Object.keys(arrived), [methods[way]]);
    assert.match(card, /lodahs/);
    assert.match(card, /Not checked/);
    assert.ok(
      hints.some((hint) => hint.includes('5.1.0')),
      hints.join(),
    );
    assert.ok(completed.includes('execa'), completed.join());
    assert.ok(titles.some((title) => title.includes('"lodash"')));
    assert.ok(!after.includes('typosquat-name'), after.join());
    assert.equal(text, MANIFEST.replace('lodahs', 'lodash'));
  });
}
