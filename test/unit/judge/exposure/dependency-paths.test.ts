import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findPaths } from '../../../../server/src/core/judge/exposure/dependency-paths.ts';
import { buildGraph } from '../../../../server/src/core/read/graph/build-graph.ts';
import { readLockfile } from '../../../../server/src/core/read/lockfile/detect.ts';

type Packages = Readonly<
  Record<string, { readonly dependencies?: readonly string[]; readonly peers?: readonly string[] }>
>;

/** Builds a graph of packages that the root all depends on, and returns the dependency paths in it by names. */
function waysIn(packages: Packages, targets: readonly string[], declared = Object.keys(packages)) {
  const edges = (names: readonly string[] = []) => Object.fromEntries(names.map((name) => [name, '*']));
  const locked = Object.entries(packages).map(([name, { dependencies, peers }]) => [
    `node_modules/${name}`,
    {
      ...{ version: '1.0.0', dependencies: edges(dependencies), peerDependencies: edges(peers) },
      ...(declared.includes(name) ? {} : { peer: true }),
    },
  ]);
  const text = JSON.stringify({
    lockfileVersion: 3,
    packages: { '': { dependencies: edges(declared) }, ...Object.fromEntries(locked) },
  });
  const graph = buildGraph(readLockfile('file:///workspace/package-lock.json', text, 'package-lock'));
  const node = (name: string) => graph.packages.findIndex((each) => each.name === name);
  const paths = findPaths(graph, targets.map(node));
  return (from: string) =>
    paths.from(node(from)).map(({ steps, isWhole }) => {
      const names = steps.map((step) => graph.packages[step]!.name);
      return (isWhole ? names : [names[0]!, '…', ...names.slice(1)]).join(' ');
    });
}

describe('findPaths', () => {
  test('the shortest way to each target, nearest first, with cycles', () => {
    const from = waysIn(
      {
        a: { dependencies: ['b', 'c'] },
        b: { dependencies: ['c', 'a'] },
        c: { dependencies: ['d', 'b'] },
        d: {},
        e: { dependencies: ['f'] },
        f: {},
      },
      ['d', 'c'],
    );
    assert.deepEqual(from('a'), ['a c', 'a c d']);
    assert.deepEqual(from('b'), ['b c', 'b c d']);
    assert.deepEqual(from('c'), ['c d'], 'a target does not bring itself');
    assert.deepEqual(from('d'), []);
    assert.deepEqual(from('e'), []);
    assert.deepEqual(from('a'), ['a c', 'a c d'], 'asked again');
  });

  test('peers are brought only where nothing else brings them', () => {
    const packages = { plugin: { peers: ['host'] }, host: { dependencies: ['bad'] }, bad: {} };
    assert.deepEqual(waysIn(packages, ['bad'])('plugin'), []);
    assert.deepEqual(waysIn(packages, ['bad'], ['plugin', 'bad'])('plugin'), ['plugin host bad']);
  });

  test('of a very long way the beginning and the end', () => {
    const names = Array.from({ length: 40 }, (_, at) => `p${at}`);
    const chain = Object.fromEntries(
      names.map((name, at) => [name, { dependencies: names.slice(at + 1, at + 2) }]),
    );
    const [way] = waysIn(chain, ['p39'])('p0');
    assert.match(way!, /^p0 … p28 p29 .* p39$/);
  });

  test('in a ring each leads to all targets', () => {
    const names = Array.from({ length: 1000 }, (_, at) => `p${at}`);
    const ring = Object.fromEntries(
      names.map((name, at) => [name, { dependencies: [`p${(at + 1) % 1000}`] }]),
    );
    const from = waysIn(ring, names.slice(0, 20));
    for (const name of names) assert.equal(from(name).length, names.indexOf(name) < 20 ? 19 : 20);
  });
});
