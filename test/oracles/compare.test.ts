import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareGraphs } from './compare.ts';
import type { NormalGraph } from './normal-form.ts';

const GRAPH: NormalGraph = {
  packages: [
    { id: 'a', name: 'a', version: '1.0.0', dev: true, optional: false },
    { id: 'b', name: 'b', version: '2.0.0', dev: false, optional: true },
  ],
  edges: [
    { from: 'importer:', to: 'a', name: 'a', kind: 'dev', specifier: '^1.0.0' },
    { from: 'a', to: 'b', name: 'b', kind: 'optional', specifier: '*' },
  ],
};

function changed(packages: object, edges: object): NormalGraph {
  const [first, ...others] = GRAPH.packages;
  const [edge, ...more] = GRAPH.edges;
  return { packages: [{ ...first!, ...packages }, ...others], edges: [{ ...edge!, ...edges }, ...more] };
}

test('graphs are the same only where all that the oracle knows is the same', () => {
  assert.deepEqual(compareGraphs(GRAPH, GRAPH), []);
  assert.deepEqual(compareGraphs(GRAPH, changed({ dev: undefined }, { specifier: undefined })), []);
  const changes = [
    changed({ name: 'c' }, {}),
    changed({ version: '1.0.1' }, {}),
    changed({ dev: false }, {}),
    changed({ optional: true }, {}),
    changed({ id: 'c' }, {}),
    changed({}, { from: 'b' }),
    changed({}, { to: 'b' }),
    changed({}, { name: 'c' }),
    changed({}, { kind: 'prod' }),
    changed({}, { specifier: '^1.0.1' }),
    { ...GRAPH, edges: GRAPH.edges.slice(1) },
    { ...GRAPH, packages: GRAPH.packages.slice(1) },
    { ...GRAPH, edges: [...GRAPH.edges, ...GRAPH.edges] },
    { ...GRAPH, packages: [...GRAPH.packages, ...GRAPH.packages] },
  ];
  for (const ours of changes) assert.notDeepEqual(compareGraphs(ours, GRAPH), [], JSON.stringify(ours));
  assert.deepEqual(compareGraphs(changed({ version: '3.0.0' }, {}), GRAPH), [
    { of: 'a', what: 'version is 1.0.0 for the oracle, 3.0.0 for us' },
  ]);
});
