import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildGraph } from '../../../../server/src/core/read/graph/build-graph.ts';
import {
  inventoryMembers,
  inventoryRows,
} from '../../../../server/src/core/read/inventory/inventory-rows.ts';
import { readLockfile } from '../../../../server/src/core/read/lockfile/detect.ts';

const HASH = `sha512-${'A'.repeat(86)}==`;
const url = (path: string) => `https://user:secret@registry.example.test:8443/${path}`;

function rowsOf(packages: object) {
  const text = JSON.stringify({ lockfileVersion: 3, packages });
  const graph = buildGraph(readLockfile('file:///p/package-lock.json', text, 'package-lock'));
  return { rows: inventoryRows(graph), members: inventoryMembers(graph) };
}

test('copies of a version are one row, the nearest and most needed of them', () => {
  const { rows, members } = rowsOf({
    '': { name: 'shop', version: '2.0.0', dependencies: { a: '1' }, devDependencies: { b: '1' } },
    'node_modules/a': {
      ...{ version: '1.0.0', resolved: url('a/-/a-1.0.0.tgz'), integrity: HASH, license: 'MIT' },
      dependencies: { deep: '1' },
    },
    'node_modules/a/node_modules/deep': { version: '1.0.0', hasInstallScript: true },
    'node_modules/b': { version: '1.0.0', dev: true, dependencies: { deep: '2' } },
    'node_modules/b/node_modules/deep': { version: '1.0.0', dev: true },
    'node_modules/deep': { version: '2.0.0', dev: true },
    'node_modules/renamed': { name: 'real', version: '3.0.0' },
    'node_modules/git': { version: '1.0.0', resolved: 'git+ssh://git@git.example.test/x/y.git#abc' },
  });
  assert.deepEqual(
    rows.map(({ name, version, source, depth, scope, installScript }) => [
      name,
      version,
      source,
      depth,
      scope,
      installScript,
    ]),
    [
      ['a', '1.0.0', 'registry', 1, 'production', false],
      ['b', '1.0.0', 'registry', 1, 'development', false],
      ['deep', '1.0.0', 'registry', 2, 'production', true],
      ['deep', '2.0.0', 'registry', undefined, 'development', false],
      ['git', '1.0.0', 'git', undefined, undefined, false],
      ['real', '3.0.0', 'registry', undefined, undefined, false],
    ],
  );
  const [a] = rows;
  assert.equal(a!.manager, 'npm');
  assert.equal(a!.registry, 'registry.example.test:8443');
  assert.equal(a!.license, 'MIT');
  assert.equal(a!.integrity, HASH);
  assert.ok(!JSON.stringify(rows).includes('secret'));
  assert.deepEqual(members, [{ path: '', name: 'shop', version: '2.0.0' }]);
});
