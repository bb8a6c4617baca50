import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { lockfileOf, makeProject } from '../cli/run-cli.ts';
import { makeHome } from './support/home.ts';
import { npm } from './support/npm.ts';
import { startVerdaccio, type Verdaccio } from './support/verdaccio.ts';

const root = join(import.meta.dirname, '../..');

describe('the command line as a package of a registry', () => {
  let registry: Verdaccio;
  before(async () => {
    registry = await startVerdaccio();
  });
  after(() => registry?.stop());

  test('is published, installed and run by npm', async () => {
    const home = makeHome({ npmrc: `registry=${registry.url}\n${registry.tokenLine}` });
    try {
      const folder = makeProject({});
      const packed = spawnSync(process.execPath, ['server/tools/npm-package.ts', folder], { cwd: root });
      assert.equal(packed.status, 0);
      const file = join(folder, readdirSync(folder)[0]!);
      const published = await npm(['publish', file, '--access', 'public'], folder, home.env);
      assert.equal(published.code, 0, published.output);
      const project = makeProject({
        'package.json': { name: 'shop', dependencies: { expresss: '^4.0.0' } },
        'package-lock.json': lockfileOf({ expresss: '^4.0.0' }),
      });
      const tools = makeProject({ 'package.json': { name: 'tools', private: true } });
      const installed = await npm(['install', '--save-dev', 'dephygiene'], tools, home.env);
      assert.equal(installed.code, 0, installed.output);
      assert.match(installed.output, /added 1 package/);
      const ran = await npm(
        ['exec', '--', 'dephygiene', 'check', project, '--format', 'compact'],
        tools,
        home.env,
      );
      assert.match(ran.output, /package\.json:4:\d+: warning "expresss".*\[typosquat-name\]/);
    } finally {
      rmSync(home.folder, { recursive: true });
    }
  });
});
