import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { checkInstalled, FILES, PACKAGES, plantChanges } from '../installed/planted.ts';
import { makeHome } from './support/home.ts';
import { askingOnly, type Client, runClient } from './support/package-managers.ts';
import { startRecordedRegistry } from './support/recorded-registry.ts';

/** test/installed/run.ts does the same with further versions and linkers, and with Bun. */
const INSTALLS: readonly (readonly [Client, string, linker?: string])[] = [
  ['npm', 'npm install'],
  ['pnpm', 'pnpm install'],
  ['yarn-classic', 'yarn install'],
  ['yarn-berry', 'yarn install', 'pnp'],
];

describe('check --installed on what real clients install', () => {
  for (const [client, command, linker] of INSTALLS) {
    test(`${client} ${linker ?? ''}: nothing on a clean install, and every planted change`, async () => {
      const registry = await startRecordedRegistry({ packages: PACKAGES });
      const asking = askingOnly(registry.url);
      const folder = realpathSync(mkdtempSync(join(tmpdir(), 'installed-')));
      const home = makeHome({
        npmrc: asking.files['.npmrc']!,
        folder: join(folder, 'home'),
        env: { ...asking.env, XDG_DATA_HOME: join(folder, 'home/data') },
      });
      const cwd = join(folder, 'shop');
      const settings = linker === undefined ? {} : { '.yarnrc.yml': `nodeLinker: ${linker}\n` };
      try {
        for (const [path, text] of Object.entries({ ...FILES, ...asking.files, ...settings })) {
          mkdirSync(dirname(join(cwd, path)), { recursive: true });
          writeFileSync(join(cwd, path), text);
        }
        const { code, output } = await runClient(client, command, { cwd, env: home.env });
        assert.equal(code, 0, output);
        assert.deepEqual(checkInstalled(cwd, home.env), { found: [], uncompared: [] });
        const planted = plantChanges(cwd, true);
        assert.deepEqual(checkInstalled(cwd, home.env).found, planted);
      } finally {
        await registry.close();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});
