import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkJson, makeProject, runCli } from './run-cli.ts';

const MANIFEST = { name: 'shop', dependencies: { loadsh: '^1.0.0' } };
const OFF = { rules: { 'typosquat-name': 'off', 'lockfile-missing': 'off' } };
const rulesOf = (directory: string) => checkJson(directory).findings.map(({ rule }) => rule);

test('dependency-hygiene.json of a folder above counts outside of a repository too', () => {
  const above = makeProject({
    'dependency-hygiene.json': OFF,
    'apps/shop/package.json': MANIFEST,
    'other/package.json': MANIFEST,
  });
  const shop = join(above, 'apps/shop');
  assert.deepEqual(rulesOf(shop), []);
  const inside = runCli(['check', '--format', 'json'], { cwd: shop });
  assert.deepEqual(JSON.parse(inside.out).findings, []);
  // Only the requested folder is checked.
  assert.ok(!checkJson(shop).files.some(({ path }) => path.includes('other')));
});

test('the nearest one counts, and a repository bounds the search', () => {
  const above = makeProject({
    'dependency-hygiene.json': OFF,
    'near/dependency-hygiene.json': {},
    'near/shop/package.json': MANIFEST,
    'repository/shop/package.json': MANIFEST,
  });
  assert.ok(rulesOf(join(above, 'near/shop')).includes('typosquat-name'));
  mkdirSync(join(above, 'repository/.git'));
  assert.ok(rulesOf(join(above, 'repository/shop')).includes('typosquat-name'));
});
