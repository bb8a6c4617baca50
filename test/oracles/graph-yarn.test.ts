import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { berryProjectOracle } from './berry-project-oracle.ts';
import { differencesOf } from './known-differences.ts';
import {
  corpusProjects,
  fixtureProjects,
  type LockfileProject,
  lockfileText,
  manifestTexts,
  memberManifestTexts,
} from './lockfile-project.ts';
import { isImporter, type NormalEdge, type NormalGraph } from './normal-form.ts';
import { normalForm, ourGraph } from './our-graph.ts';
import { withReach } from './reach.ts';
import { extensionsOf } from './yarn-extensions.ts';
import { berryOracle, classicOracle } from './yarn-oracle.ts';

const NONE = { unknown: [], unused: [] };

/** Projects of Yarn 2 and later with all manifests of their members. */
const WITH_MEMBERS = ['discordjs-berry-v6', 'jest-berry-v10', 'yarn-berry-v10'];

const corpus = corpusProjects('yarn');
if (corpus.length === 0) console.log('no corpus');
else test('the corpus has lockfiles of Yarn', () => assert.equal(corpus.length, 10));
for (const project of [...corpus, ...fixtureProjects('yarn')]) {
  describe(project.name, () => (project.version === 'v1' ? checkClassic(project) : checkBerry(project)));
}

function checkClassic(project: LockfileProject): void {
  test("our graph is that of Yarn 1's own parser", async () => {
    const oracle = classicOracle(lockfileText(project), memberManifestTexts(project));
    assert.equal(oracle.packages.length, project.packages);
    assert.ok(oracle.edges.length > oracle.packages.length / 2);
    const ours = normalForm(await ourGraph(project), (id) => id.split(', ')[0]!);
    assert.deepEqual(differencesOf(project, ours, withReach(oracle)), NONE);
  });
}

function checkBerry(project: LockfileProject): void {
  test("our graph is that of Yarn's parser with each descriptor resolved by key", async () => {
    const oracle = berryOracle(lockfileText(project), manifestTexts(project), extensionsOf(project));
    assert.ok(oracle.packages.length >= project.packages);
    assert.ok(oracle.edges.length > oracle.packages.length);
    const ours = normalForm(await ourGraph(project));
    const edges = ours.edges.filter(({ kind }) => !kind.endsWith('peer'));
    assert.deepEqual(differencesOf(project, { ...ours, edges }, withReach(oracle)), NONE);
  });

  if (!WITH_MEMBERS.includes(project.name)) return;
  test('our graph is that of Yarn itself, peers included', async () => {
    const oracle = await berryProjectOracle(project);
    assert.ok(oracle.packages.length >= project.packages);
    assert.ok(oracle.edges.length > oracle.packages.length);
    assert.deepEqual(
      differencesOf(project, withoutSections(normalForm(await ourGraph(project))), oracle, 'Yarn'),
      NONE,
    );
  });
}

/** Converts to Yarn's view: an edge is to a peer or not. */
function withoutSections({ packages, edges }: NormalGraph): NormalGraph {
  return {
    packages,
    edges: edges
      .filter(({ from, kind }) => !(isImporter(from) && kind.endsWith('peer')))
      .map((edge): NormalEdge => ({ ...edge, kind: edge.kind.endsWith('peer') ? 'peer' : 'prod' })),
  };
}
