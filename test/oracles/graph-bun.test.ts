import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DependencyGraph } from '../../server/src/core/read/graph/dependency-graph.ts';
import { bunOracle } from './bun-oracle.ts';
import { differencesOf } from './known-differences.ts';
import { corpusProjects, fixtureProjects, type LockfileProject } from './lockfile-project.ts';
import { importerId, type NormalGraph, type NormalPackage } from './normal-form.ts';
import { normalForm, ourGraph } from './our-graph.ts';
import { withReach } from './reach.ts';

const corpus = corpusProjects('bun');
if (corpus.length === 0) console.log('no corpus');
else test('the corpus has lockfiles of Bun', () => assert.equal(corpus.length, 4));
for (const project of [...corpus, ...fixtureProjects('bun')]) describe(project.name, () => check(project));

function check(project: LockfileProject): void {
  test("our graph is Bun's own", async () => {
    const { installed, graph: oracle } = await bunOracle(project);
    const ours = await ourGraph(project);
    assert.ok(installed.length > project.packages / 2);
    assert.ok(oracle.edges.length > oracle.packages.length);
    assert.deepEqual(ours.packages.map(({ id, version }) => `${id}@${version}`).sort(), installed.toSorted());
    const merged = byVersion(ours);
    assert.deepEqual(differencesOf(project, merged, withReach(oracle)), {
      unknown: [],
      unused: [],
    });
  });
}

/** Converts to Bun's view: all copies of a version are one package, and importers are known by their names. */
function byVersion(graph: DependencyGraph): NormalGraph {
  const { packages, edges } = normalForm(graph);
  const ids = new Map(packages.map(({ id, name, version }) => [id, `${name}@${version}`]));
  for (const { path, name } of graph.importers) ids.set(importerId(path), importerId(name ?? ''));
  const copies = new Map<string, NormalPackage[]>();
  for (const each of packages)
    copies.set(ids.get(each.id)!, [...(copies.get(ids.get(each.id)!) ?? []), each]);
  const merged = [...copies].map(([id, all]): NormalPackage => {
    const dev = all.every((each) => each.dev);
    const isEither = all.every((each) => each.dev || each.optional);
    return { ...all[0]!, id, dev, optional: all.every((each) => each.optional) || (!dev && isEither) };
  });
  const distinct = new Map(
    edges.map((edge) => {
      const renamed = { ...edge, from: ids.get(edge.from)!, to: ids.get(edge.to)! };
      return [JSON.stringify(renamed), renamed] as const;
    }),
  );
  return { packages: merged, edges: [...distinct.values()] };
}
