import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mergeRecords } from '../../../../server/src/core/show/watch/merge-records.ts';
import { advisory, dependency, record, version } from './sample-records.ts';

const KNOWN = dependency('left-pad', { versions: [version('1.2.0', { advisories: [advisory('GHSA-1')] })] });

describe('what is remembered', () => {
  test('is what was seen first, and then what is seen now', () => {
    assert.deepEqual(mergeRecords(undefined, record(KNOWN), true), record(KNOWN));
    const now = { ...record(dependency('left-pad'), dependency('right-pad')), takenAt: 5 };
    assert.deepEqual(mergeRecords(record(KNOWN), now, true), now);
  });

  test('stays where it became unknown', () => {
    const silent = version('1.2.0', { toldBy: [], deprecated: null });
    const now = record(dependency('left-pad', { versions: [silent], newest: null, publisher: null }));
    assert.deepEqual(mergeRecords(record(KNOWN), now, true), record(KNOWN));
    const unlocked = record(dependency('left-pad', { versions: [] }));
    assert.deepEqual(mergeRecords(record(KNOWN), unlocked, true), record(KNOWN));
  });

  test('keeps the advisories of a source that is silent now, and drops what one takes back', () => {
    const now = (toldBy: readonly ('bundled' | 'registry')[]) =>
      record(
        dependency('left-pad', {
          versions: [version('1.2.0', { advisories: [advisory('GHSA-2', { source: 'bundled' })], toldBy })],
        }),
      );
    const idsAfter = (toldBy: readonly ('bundled' | 'registry')[]) => {
      const [each] = mergeRecords(record(KNOWN), now(toldBy), true).dependencies;
      return each!.versions[0]!.advisories.flatMap(({ ids }) => ids);
    };
    assert.deepEqual(idsAfter(['bundled']), ['GHSA-2', 'GHSA-1']);
    assert.deepEqual(idsAfter(['bundled', 'registry']), ['GHSA-2']);
  });

  test('forgets a dependency that is gone, unless a file was not read completely', () => {
    const now = record(dependency('right-pad'));
    const names = (isWhole: boolean) =>
      mergeRecords(record(KNOWN), now, isWhole).dependencies.map(({ name }) => name);
    assert.deepEqual([names(true), names(false)], [['right-pad'], ['left-pad', 'right-pad']]);
  });

  test('is nothing of a version that is not in use any more', () => {
    const now = record(dependency('left-pad', { versions: [version('1.3.0')] }));
    assert.deepEqual(mergeRecords(record(KNOWN), now, true), now);
  });
});
