import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { differencesOf } from './known-differences.ts';
import { corpusProjects, fixtureProjects, type LockfileProject, lockfileText } from './lockfile-project.ts';
import { normalForm, ourGraph } from './our-graph.ts';
import { pnpmOracle } from './pnpm-oracle.ts';

const corpus = corpusProjects('pnpm');
if (corpus.length === 0) console.log('no corpus');
else test('the corpus has lockfiles of pnpm', () => assert.equal(corpus.length, 13));
for (const project of [...corpus, ...fixtureProjects('pnpm')]) describe(project.name, () => check(project));

function check(project: LockfileProject): void {
  test("our graph is that of pnpm's own readers", async () => {
    const oracle = await pnpmOracle(lockfileText(project));
    // A package with several choices of peers is installed several times.
    assert.ok(oracle.packages.length >= project.packages);
    assert.ok(oracle.edges.length > oracle.packages.length);
    assert.deepEqual(differencesOf(project, normalForm(await ourGraph(project)), oracle), NONE);
  });
}

const NONE = { unknown: [], unused: [] };
