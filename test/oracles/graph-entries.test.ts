import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { corpusProjects, fixtureProjects, type LockfileProject } from './lockfile-project.ts';
import { ourGraph } from './our-graph.ts';

const corpus = corpusProjects();
if (corpus.length === 0) console.log('no corpus');
else test('the corpus has its projects', () => assert.equal(corpus.length, 49));
for (const project of [...corpus, ...fixtureProjects()]) describe(project.name, () => check(project));

function check(project: LockfileProject): void {
  test('is checked, and its graph has as many entries as the index of the corpus counts', async () => {
    const { lockfile, packages, importers } = await ourGraph(project);
    assert.deepEqual([lockfile.status, lockfile.reason, lockfile.problems], ['checked', undefined, []]);
    const entries = new Set(packages.map(({ document, entry }) => `${document} ${entry.key}`));
    // The index counts all keys of Bun's `packages`, where members have one, too.
    const members = project.format === 'bun' ? importers.flatMap((importer) => importer.entries) : [];
    assert.equal(entries.size + members.length, project.packages);
    assert.equal(new Set(packages.map(({ id }) => id)).size, packages.length);

    const known = new Set(lockfile.entries);
    for (const { entry, span, id } of packages) {
      assert.deepEqual(span, entry.span, id);
      assert.ok(known.has(entry), id);
    }
  });
}
