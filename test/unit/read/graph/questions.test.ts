import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type DependencyGraph,
  dependentsOf,
  idOfNode,
} from '../../../../server/src/core/read/graph/dependency-graph.ts';
import { findDuplicates, installedVersions } from '../../../../server/src/core/read/graph/duplicates.ts';
import { findNodes, readPackageQuery } from '../../../../server/src/core/read/graph/find-nodes.ts';
import { introducedBy } from '../../../../server/src/core/read/graph/introduced-by.ts';
import { shortestPaths } from '../../../../server/src/core/read/graph/shortest-paths.ts';
import { whyInstalled } from '../../../../server/src/core/read/graph/why-installed.ts';
import { graphOf, nodeOf, npmLock } from './graph-of.ts';

const graph = graphOf(
  'package-lock.json',
  npmLock({
    '': { name: 'shop', dependencies: { a: '1', b: '1' }, devDependencies: { ui: '*' } },
    'node_modules/a': { version: '1.0.0', dependencies: { c: '1', deep: '1' } },
    'node_modules/b': { version: '1.0.0', dependencies: { c: '^2', shared: '1' } },
    'node_modules/b/node_modules/c': { version: '2.0.0', dependencies: { shared: '1' } },
    'node_modules/c': { version: '1.0.0', dependencies: { a: '1', shared: '1' } },
    'node_modules/deep': { version: '1.0.0' },
    'node_modules/extra': { version: '1.0.0', name: 'real-extra' },
    'node_modules/shared': { version: '1.0.0' },
    'node_modules/ui': { resolved: 'packages/ui', link: true },
    'packages/ui': { name: 'ui', dependencies: { shared: '1' } },
    'packages/ui/node_modules/deep': { version: '1.0.0' },
  }),
);

function idsOf(nodes: Iterable<number>): readonly string[] {
  return [...nodes].map((node) => idOfNode(graph, node));
}

function pathTexts(of: DependencyGraph, paths: readonly { importer: number; edges: readonly number[] }[]) {
  return paths.map(({ importer, edges }) =>
    [`[${idOfNode(of, importer)}]`, ...edges.map((edge) => idOfNode(of, of.edges.to[edge]!))].join(' > '),
  );
}

test('dependents are those whose edges lead there', () => {
  const of = (id: string) =>
    [...dependentsOf(graph, nodeOf(graph, id))]
      .map((edge) => idOfNode(graph, graph.edges.from[edge]!))
      .sort();
  assert.deepEqual(of('node_modules/shared'), [
    'node_modules/b',
    'node_modules/b/node_modules/c',
    'node_modules/c',
    'packages/ui',
  ]);
  assert.deepEqual(of('node_modules/a'), ['', 'node_modules/c']);
  assert.deepEqual(of('[packages/ui]'), ['']);
  assert.deepEqual(of('node_modules/extra'), []);
});

describe('the shortest path from each importer', () => {
  test('is found through cycles, shortest first', () => {
    assert.deepEqual(pathTexts(graph, shortestPaths(graph, nodeOf(graph, 'node_modules/shared'))), [
      '[packages/ui] > node_modules/shared',
      '[] > node_modules/b > node_modules/shared',
    ]);
    assert.deepEqual(pathTexts(graph, shortestPaths(graph, nodeOf(graph, 'node_modules/c'))), [
      '[] > node_modules/a > node_modules/c',
    ]);
    assert.deepEqual(shortestPaths(graph, nodeOf(graph, 'node_modules/extra')), []);
  });

  test('leads through other importers only where it may', () => {
    const member = graphOf(
      'package-lock.json',
      npmLock({
        '': { name: 'shop', dependencies: { ui: '*' } },
        'node_modules/a': { version: '1.0.0' },
        'node_modules/ui': { resolved: 'ui', link: true },
        ui: { name: 'ui', dependencies: { a: '1' } },
      }),
    );
    const a = nodeOf(member, 'node_modules/a');
    assert.deepEqual(pathTexts(member, shortestPaths(member, a)), [
      '[ui] > node_modules/a',
      '[] > ui > node_modules/a',
    ]);
    assert.deepEqual(pathTexts(member, shortestPaths(member, a, { throughImporters: false })), [
      '[ui] > node_modules/a',
    ]);
  });

  test('keeps its length for a long chain and many importers', () => {
    const chain: Record<string, object> = { '': { dependencies: { p0: '1' } } };
    const long = 20_000;
    for (let at = 0; at < long; at++) {
      chain[`node_modules/p${at}`] = { version: '1.0.0', dependencies: { [`p${(at + 1) % long}`]: '1' } };
    }
    for (let at = 0; at < long; at++) chain[`m${at}`] = { dependencies: { p0: '1' } };
    const of = graphOf('package-lock.json', npmLock(chain));
    const paths = shortestPaths(of, nodeOf(of, `node_modules/p${long - 1}`));
    assert.deepEqual([paths.length, paths[0]?.length, paths[0]?.edges.length], [long + 1, long, long]);
  });
});

test('a direct dependency brings what it leads to, and some of it alone', () => {
  const { all, only } = introducedBy(graph, nodeOf(graph, '[]'), 'a');
  assert.deepEqual(idsOf(all), [
    'node_modules/a',
    'node_modules/c',
    'node_modules/deep',
    'node_modules/shared',
  ]);
  assert.deepEqual(idsOf(only), ['node_modules/a', 'node_modules/c', 'node_modules/deep']);
  assert.deepEqual(introducedBy(graph, nodeOf(graph, '[]'), 'nothing'), { all: [], only: [] });
});

test('duplicates are names with several versions, not several folders of one', () => {
  const duplicates = findDuplicates(graph);
  assert.deepEqual(
    duplicates.map(({ name, versions }) => [name, ...versions.map(({ version }) => version)]),
    [['c', '1.0.0', '2.0.0']],
  );
  const [older, newer] = duplicates[0]?.versions ?? [];
  assert.deepEqual(idsOf(older?.instances ?? []), ['node_modules/c']);
  assert.deepEqual(idsOf((newer?.dependents ?? []).map((edge) => graph.edges.from[edge]!)), [
    'node_modules/b',
  ]);
  const [deep] = installedVersions(graph, 'deep');
  assert.equal(deep?.instances.length, 2);
  assert.deepEqual(installedVersions(graph, 'nothing'), []);
});

test('packages are found by name, alias, version and range, importers by name', () => {
  const find = (text: string) => idsOf(findNodes(graph, readPackageQuery(text)!));
  assert.deepEqual(find('c'), ['node_modules/b/node_modules/c', 'node_modules/c']);
  assert.deepEqual(find('c@2.0.0'), ['node_modules/b/node_modules/c']);
  assert.deepEqual(find('c@<2'), ['node_modules/c']);
  assert.deepEqual(find('extra'), ['node_modules/extra']);
  assert.deepEqual(find('real-extra'), ['node_modules/extra']);
  assert.deepEqual(find('ui'), ['packages/ui']);
  assert.deepEqual(find('c@3'), []);
  assert.deepEqual(readPackageQuery('@acme/ui@^1'), { name: '@acme/ui', version: '^1' });
  for (const text of ['', '@', 'a@']) assert.equal(readPackageQuery(text), undefined);
});

test('what dependents import under several names is found by each of them, and by its own', () => {
  const pnpm = graphOf(
    'pnpm-lock.yaml',
    `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      one:
        specifier: npm:ms@2.1.3
        version: ms@2.1.3
      out:
        specifier: link:../outside
        version: link:../outside
      two:
        specifier: npm:ms@2.1.3
        version: ms@2.1.3
      ui-again:
        specifier: workspace:ui@*
        version: link:packages/ui

  packages/ui: {}

packages:

  ms@2.1.3:
    resolution: {integrity: sha512-AAAA}

snapshots:

  ms@2.1.3: {}
`,
    { '': { name: 'shop' }, 'packages/ui': { name: 'ui', version: '1.2.0' } },
  );
  const find = (text: string) => findNodes(pnpm, readPackageQuery(text)!).map((node) => idOfNode(pnpm, node));
  for (const text of ['ms', 'one', 'two', 'two@2.1.3']) assert.deepEqual(find(text), ['ms@2.1.3'], text);
  assert.equal(pnpm.packages[0]!.alias, undefined);
  assert.deepEqual(find('out'), ['../outside']);
  for (const text of ['ui', 'ui-again', 'ui@1.2.0', 'ui-again@^1']) {
    assert.deepEqual(find(text), ['packages/ui'], text);
  }
  for (const text of ['ui@2.0.0', 'out@1.0.0', 'two@1']) assert.deepEqual(find(text), [], text);
});

test('why a package is installed: a way for each dependent, from each importer', () => {
  const { ways, dependents, followed } = whyInstalled(graph, [nodeOf(graph, 'node_modules/shared')], 2);
  assert.deepEqual([dependents, followed], [4, 3]);
  assert.deepEqual(
    ways.map(({ paths }) => pathTexts(graph, paths)),
    [
      ['[packages/ui] > node_modules/shared'],
      [
        '[] > node_modules/b > node_modules/shared',
        '[] > node_modules/b > node_modules/b/node_modules/c > node_modules/shared',
      ],
    ],
  );
  const cyclic = whyInstalled(graph, [nodeOf(graph, 'node_modules/a')], 10);
  assert.deepEqual(pathTexts(graph, cyclic.ways[0]?.paths ?? []), ['[] > node_modules/a']);
});
