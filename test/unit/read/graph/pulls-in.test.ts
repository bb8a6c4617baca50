import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { distinctPackages, pulledInBy } from '../../../../server/src/core/read/graph/pulls-in.ts';
import { graphIn, graphOf, nodeOf } from './graph-of.ts';

describe('what a package pulls in', () => {
  test('is counted once by version, to the depth of the shortest paths', () => {
    const graph = graphOf('package-lock.json', {
      lockfileVersion: 3,
      packages: {
        '': { dependencies: { a: '1' } },
        'node_modules/a': {
          version: '1.0.0',
          dependencies: { b: '1', c: '1' },
          peerDependencies: { p: '1' },
        },
        'node_modules/b': { version: '1.0.0', dependencies: { c: '1', d: '1', a: '1' } },
        'node_modules/b/node_modules/d': { version: '1.0.0' },
        'node_modules/c': { version: '1.0.0', dependencies: { d: '1' } },
        'node_modules/d': { version: '1.0.0' },
        'node_modules/p': { version: '1.0.0', peer: true },
      },
    });
    const { nodes, depth } = pulledInBy(graph, nodeOf(graph, 'node_modules/a'));
    assert.equal(depth, 2);
    assert.deepEqual([...distinctPackages(graph, nodes)].sort(), [
      'b 1.0.0',
      'c 1.0.0',
      'd 1.0.0',
      'p 1.0.0',
    ]);
    assert.deepEqual(pulledInBy(graph, nodeOf(graph, 'node_modules/d')), { nodes: [], depth: 0 });
  });

  test('does not contain the development dependencies of a linked member', () => {
    const graph = graphOf('package-lock.json', {
      lockfileVersion: 3,
      packages: {
        '': { workspaces: ['x', 'y'] },
        'node_modules/y': { resolved: 'y', link: true },
        x: { name: 'x', version: '1.0.0', dependencies: { y: '*' } },
        y: { name: 'y', version: '1.0.0', dependencies: { a: '1' }, devDependencies: { b: '1' } },
        'node_modules/a': { version: '1.0.0' },
        'node_modules/b': { version: '1.0.0', dev: true },
      },
    });
    const { nodes, depth } = pulledInBy(graph, nodeOf(graph, '[x]'));
    assert.deepEqual([[...distinctPackages(graph, nodes)], depth], [['a 1.0.0'], 2]);
  });

  test('does not contain the peers that dependents provide in Yarn', async () => {
    const graph = await graphIn(
      {
        'package.json': '{ "name": "shop", "dependencies": { "a": "^1.0.0", "p": "^1.0.0" } }',
        'yarn.lock': `__metadata:
  version: 8
  cacheKey: 10

"a@npm:^1.0.0":
  version: 1.0.0
  resolution: "a@npm:1.0.0"
  peerDependencies:
    p: "*"
  languageName: node
  linkType: hard

"p@npm:^1.0.0":
  version: 1.0.0
  resolution: "p@npm:1.0.0"
  languageName: node
  linkType: hard

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    a: "npm:^1.0.0"
    p: "npm:^1.0.0"
  languageName: unknown
  linkType: soft
`,
      },
      'yarn.lock',
    );
    assert.deepEqual(pulledInBy(graph, nodeOf(graph, 'a@npm:1.0.0')).nodes, []);
  });
});
