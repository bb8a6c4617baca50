import assert from 'node:assert/strict';
import { test } from 'node:test';
import { edgesOf, graphOf, packagesOf } from './graph-of.ts';

test('a graph of Bun has links as importers, with their keys, and no id that is a path of these', () => {
  const graph = graphOf(
    'bun.lock',
    `{
  "lockfileVersion": 1,
  "workspaces": {
    "": { "name": "shop", "dependencies": { "a": "^1.0.0", "site": "^3.0.0" } },
    "site": { "name": "@acme/site", "devDependencies": { "a": "^2.0.0" } },
  },
  "packages": {
    "@acme/site": ["@acme/site@workspace:site"],
    "a": ["a@1.0.0", "", { "dependencies": { "@acme/site": "*" }, "peerDependencies": { "site": "*", "no": "*" }, "optionalPeers": ["no"] }, "sha512-AAAA"],
    "site": ["site@3.0.0", "", {}, "sha512-AAAA"],
    "@acme/site/a": ["a@2.0.0", "", {}, "sha512-AAAA"],
  }
}
`,
  );
  assert.equal(graph.lockfile.status, 'checked');
  assert.deepEqual(packagesOf(graph), ['a', 'site#2', '@acme/site/a dev']);
  assert.deepEqual(edgesOf(graph), [
    '[] -> a prod ^1.0.0',
    '[] -> site#2 prod ^3.0.0',
    '[site] -> @acme/site/a dev ^2.0.0',
    'a -> [site] prod *',
    'a -> site#2 peer *',
  ]);
  assert.deepEqual(
    graph.importers.map(({ path, name, entries }) => [path, name, entries]),
    [
      ['', 'shop', []],
      ['site', '@acme/site', ['@acme/site']],
    ],
  );
});

test('a lockfile that is not read gives a graph without anything, never one that looks clean', () => {
  for (const [name, text] of [
    ['package-lock.json', '{"lockfileVersion": 99, "packages": {}}'],
    ['yarn.lock', '# yarn lockfile v2'],
    ['pnpm-lock.yaml', 'lockfileVersion: 99'],
    ['bun.lock', '['],
    ['bun.lockb', ''],
  ] as const) {
    const graph = graphOf(name, text);
    assert.deepEqual([graph.packages.length, graph.edges.count], [0, 0]);
    assert.notEqual(graph.lockfile.status, 'checked', name);
    assert.ok(graph.lockfile.reason);
  }
});
