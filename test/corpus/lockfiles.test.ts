import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lockfileKindOf, readLockfile } from '../../server/src/core/read/lockfile/detect.ts';
import { lockfileText, readCorpus } from './corpus.ts';

const rows = readCorpus();
if (rows.length === 0) console.log('no corpus');
else test('the index of the corpus is read', () => assert.equal(rows.length, 49));

/** The counts of each index, where it counts something other than the packages that a lockfile installs. */
const OTHERWISE: Readonly<Record<string, (lock: ReturnType<typeof readLockfile>) => number>> = {
  // All keys of `packages`, including workspaces, which are links.
  bun: ({ entries, links }) => entries.length + links.length,
  // Entries with an `npm:` resolution.
  berry: ({ entries }) => entries.filter(({ source }) => source === 'registry').length,
};

for (const row of rows) {
  test(`${row.folder}: checked, with as many packages as its index counts`, () => {
    const lock = readLockfile(`file:///${row.file}`, lockfileText(row), lockfileKindOf(row.file)!);
    assert.deepEqual([lock.status, lock.reason, lock.problems], ['checked', undefined, []]);
    const family = row.version.startsWith('berry') ? 'berry' : row.format;
    const count = OTHERWISE[family] ?? (({ entries }) => entries.length);
    assert.equal(count(lock), row.packages);
    assert.equal(lock.entries.length, lock.entriesTotal);
    assert.equal(new Set(lock.entries.map(({ key }) => key)).size, lock.entries.length);
  });
}
