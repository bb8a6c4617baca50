import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { writeNpmDefaults } from '../../../server/tools/npm-defaults.ts';

test('the public registries become a module', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'dephygiene-'));
  try {
    const file = join(directory, 'generated', 'npm-defaults.ts');
    writeNpmDefaults(file);
    const { JSR_REGISTRY, PUBLIC_REGISTRY, YARN_REGISTRY } = await import(pathToFileURL(file).href);
    for (const address of [JSR_REGISTRY, PUBLIC_REGISTRY, YARN_REGISTRY])
      assert.match(address, /^https:\/\/[a-z.]+\/$/);
    assert.notEqual(PUBLIC_REGISTRY, YARN_REGISTRY);
  } finally {
    await rm(directory, { recursive: true });
  }
});
