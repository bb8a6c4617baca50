import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lockfileKindOf, readLockfile } from '../../server/src/core/read/lockfile/detect.ts';
import { edgesEverywhere, lockPlaceAt } from '../../server/src/core/read/lockfile/model/lock-place.ts';
import { documentLinks, documentLinkTarget } from '../../server/src/core/show/features/document-links.ts';
import { type OutlineItem, outline } from '../../server/src/core/show/features/outline.ts';
import { expectWellFormed } from '../outline-shape.ts';
import { lockfileText, readCorpus } from './corpus.ts';

const rows = readCorpus();
if (rows.length === 0) console.log('no corpus');

/** The number of entries of a file that are tested; spread over all of it. */
const SAMPLE = 150;

for (const row of rows) {
  const open = () => readLockfile(`file:///${row.file}`, lockfileText(row), lockfileKindOf(row.file)!);

  test(`${row.folder}: the outline has every package, each inside what it stands below`, () => {
    const lock = open();
    const items = outline(lock);
    expectWellFormed(items, lock.text);
    const count = (all: readonly OutlineItem[]): number =>
      all.reduce((sum, { kind, children }) => sum + (kind === 'package' ? 1 : 0) + count(children), 0);
    assert.equal(count(items), lock.entries.length + lock.links.length);
  });

  test(`${row.folder}: each entry and each edge is found where it stands`, () => {
    const lock = open();
    const step = Math.max(1, Math.floor(lock.entries.length / SAMPLE));
    for (let at = 0; at < lock.entries.length; at += step) {
      const entry = lock.entries[at]!;
      const place = lockPlaceAt(lock, entry.keySpan.start + 1);
      assert.equal(place?.type === 'entry' ? place.entry : undefined, entry, entry.key);
      for (const edge of edgesEverywhere(entry).slice(0, 5)) {
        const found = lockPlaceAt(lock, edge.nameSpan.start + 1);
        assert.ok(found?.type === 'edge', `${edge.name} of ${entry.key}`);
        assert.deepEqual([found.from, found.edge.nameSpan], [entry, edge.nameSpan]);
      }
    }
    for (const importer of [...lock.importers.values()].slice(0, 5)) {
      for (const edge of importer.edges.slice(0, 5)) {
        const found = lockPlaceAt(lock, edge.nameSpan.start + 1);
        assert.equal(found?.type === 'edge' ? found.from : undefined, importer, edge.name);
      }
    }
  });

  test(`${row.folder}: each link is the address that stands there`, () => {
    const lock = open();
    const links = documentLinks(lock);
    const step = Math.max(1, Math.floor(links.length / SAMPLE));
    for (let at = 0; at < links.length; at += step) {
      const { start, end } = links[at]!.span;
      const target = documentLinkTarget(lock, start);
      const written = lock.text.slice(start, end);
      // Yarn 2 and later encode it.
      const plain = written.includes('%3A') ? decodeURIComponent(written) : written;
      assert.ok(target !== undefined && plain.replace(/^git\+/, '').startsWith(target), written);
      assert.match(target, /^https?:\/\/[^@\s/]+\/\S*$/);
    }
  });
}
