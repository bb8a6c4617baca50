import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { differencesOf } from './known-differences.ts';
import { corpusProjects, fixtureProjects, type LockfileProject } from './lockfile-project.ts';
import { npmOracle } from './npm-oracle.ts';
import { normalForm, ourGraph } from './our-graph.ts';

const corpus = corpusProjects('package-lock', 'npm-shrinkwrap');
if (corpus.length === 0) console.log('no corpus');
else test('the corpus has lockfiles of npm', () => assert.equal(corpus.length, 22));
for (const project of [...corpus, ...fixtureProjects('package-lock', 'npm-shrinkwrap')])
  describe(project.name, () => check(project));

function check(project: LockfileProject): void {
  test('our graph is the virtual tree of Arborist', async () => {
    const oracle = await npmOracle(project);
    assert.equal(oracle.packages.length, project.packages);
    assert.ok(oracle.edges.length > 0);
    const { unknown, unused } = differencesOf(project, normalForm(await ourGraph(project)), oracle);
    assert.deepEqual(unknown, []);
    assert.deepEqual(unused, []);
  });
}
