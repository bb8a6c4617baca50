import assert from 'node:assert/strict';
import { test } from 'node:test';
import { usesOf } from '../../../server/src/core/exposure/uses.ts';
import { buildGraph } from '../../../server/src/core/graph/build-graph.ts';
import { readLockfile } from '../../../server/src/core/lockfile/detect.ts';

type Sections = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Which of the packages front ends ship, by what the importers of a lockfile declare. */
function shipped(importers: Readonly<Record<string, Sections>>): readonly string[] {
  const names = ['a', 'b', 'c', 'vite'];
  const packages = {
    ...importers,
    ...Object.fromEntries(names.map((name) => [`node_modules/${name}`, { version: '1.0.0', dev: true }])),
  };
  const text = JSON.stringify({ name: 'shop', lockfileVersion: 3, packages });
  const graph = buildGraph(readLockfile('file:///w/package-lock.json', text, 'package-lock'));
  const uses = usesOf(graph, () => false);
  return graph.packages.flatMap(({ name }, node) => (uses.isOfFrontEnd(node) ? [name] : []));
}

test('development dependencies are shipped by what declares nothing else, and is no root of a workspace', () => {
  assert.deepEqual(shipped({ '': { devDependencies: { a: '1' } } }), ['a']);
  assert.deepEqual(shipped({ '': { dependencies: { b: '1' }, devDependencies: { a: '1' } } }), []);
  const root = { devDependencies: { a: '1' } };
  const site = { devDependencies: { b: '1', vite: '1' } };
  assert.deepEqual(shipped({ '': root, 'packages/site': site }), ['b', 'vite']);
  assert.deepEqual(shipped({ '': root, 'packages/mocks': { devDependencies: { b: '1' } } }), []);
  assert.deepEqual(shipped({ '': root, 'packages/lib': { dependencies: { c: '1' } } }), []);
});
