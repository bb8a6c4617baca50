import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
const MANIFEST = `{
  "private": true,
  "dependencies": {
    "lodahs": "^4.17.0",
    "express": "^5.1.0"
  }
}
`;
const LOCKFILE = `{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "lodahs": "^4.17.0", "express": "^5.1.0" } },
    "node_modules/express": { "version": "5.1.0" }
  }
}
`;

/** As in `server/docs/editors.md`, with the command of this build. */
const LANGUAGES = `[language-server.dephygiene]
command = "${process.execPath}"
args = ["${CLI}", "lsp", "--stdio"]
config = { trustedFolders = ["~/work/shop"] }

[[language]]
name = "json"
language-servers = ["vscode-json-language-server", "dephygiene"]
`;
const CONFIGURATION = '[editor.lsp]\ndisplay-inlay-hints = true\n';

const isThere = ['hx', 'tmux'].every(
  (program) => spawnSync(program, [program === 'hx' ? '--version' : '-V']).status === 0,
);
if (!isThere) console.log('hx or tmux is not installed: the test with a real Helix is left out');

/** Helix needs a terminal: tmux is one, whose screen can be read. */
describe('Helix', { skip: !isThere }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'dephygiene-helix-'));
  const tmux = (...args: string[]) => {
    const { stdout } = spawnSync('tmux', ['-f', '/dev/null', '-S', join(folder, 'tmux'), ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: join(folder, 'config'), TERM: 'xterm-256color' },
    });
    return stdout;
  };
  const type = (...keys: string[]) => tmux('send-keys', ...keys);

  /** Resolves with the screen once it has what is wanted; `again` is done every two seconds until then. */
  const screenWith = async (wanted: RegExp, again?: () => void): Promise<string> => {
    let screen = '';
    let since = Date.now();
    for (const end = Date.now() + 60_000; Date.now() < end; await delay(100)) {
      screen = tmux('capture-pane', '-p');
      if (wanted.test(screen)) return screen;
      if (again === undefined || Date.now() - since < 2000) continue;
      since = Date.now();
      again();
    }
    throw new Error(`${wanted} is not on the screen:\n${screen}`);
  };

  before(() => {
    mkdirSync(join(folder, 'config/helix'), { recursive: true });
    writeFileSync(join(folder, 'config/helix/languages.toml'), LANGUAGES);
    writeFileSync(join(folder, 'config/helix/config.toml'), CONFIGURATION);
    writeFileSync(join(folder, 'package.json'), MANIFEST);
    writeFileSync(join(folder, 'package-lock.json'), LOCKFILE);
    tmux('new-session', '-d', '-x', '130', '-y', '34', 'hx package.json:4:7');
  });
  after(() => {
    tmux('kill-server');
    rmSync(folder, { recursive: true, force: true });
  });

  test('shows findings, hints and a card, applies a fix and completes names', async () => {
    await screenWith(/looks like a misspelling of "lodash"/);
    type('Space', 'k');
    await screenWith(/not in the lockfile · declares \^4\.17\.0/);
    type('Escape');

    type('Space', 'a');
    await screenWith(/Replace with "lodash": "\^4\.17\.0"/);
    type('Enter');
    await screenWith(/"lodash": "\^4\.17\.0"/);
    // Helix asks for hints when the text or the view changes.
    await screenWith(/"express": "\^5\.1\.0".* 5\.1\.0/);
    type(':w', 'Enter');
    await screenWith(/written/);
    assert.equal(readFileSync(join(folder, 'package.json'), 'utf8'), MANIFEST.replace('lodahs', 'lodash'));

    type('5', 'G', 'o');
    type('-l', '"vit');
    // Helix gives up on an answer after a moment, and asks again by Control+X.
    await screenWith(/vitest/, () => type('C-x'));
  });
});
