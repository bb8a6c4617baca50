import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { writeNpmDefaults } from '../../../server/tools/npm-defaults.ts';

test("npm's own definitions become a module", async () => {
  const directory = await mkdtemp(join(tmpdir(), 'dephygiene-'));
  try {
    const file = join(directory, 'generated', 'npm-defaults.ts');
    writeNpmDefaults(file);
    const { PUBLIC_REGISTRY, YARN_REGISTRY, NPM_KEYS } = await import(pathToFileURL(file).href);
    for (const address of [PUBLIC_REGISTRY, YARN_REGISTRY]) assert.match(address, /^https:\/\/[a-z.]+\/$/);
    assert.notEqual(PUBLIC_REGISTRY, YARN_REGISTRY);
    assert.deepEqual(NPM_KEYS['save-prefix'].type, ['string']);
    assert.equal(NPM_KEYS['save-prefix'].default, '^');
    assert.deepEqual(NPM_KEYS.registry.type, ['url']);
    assert.deepEqual(NPM_KEYS['min-release-age'].type, [null, 'number']);
    assert.deepEqual(NPM_KEYS.cafile.type, ['path']);
    assert.ok(Object.keys(NPM_KEYS).length > 150);
  } finally {
    await rm(directory, { recursive: true });
  }
});
