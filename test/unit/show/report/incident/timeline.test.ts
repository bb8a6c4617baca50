import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { claimOfRow } from '../../../../../server/src/core/know/incident/bad-versions.ts';
import {
  type HitCommit,
  installableIn,
  timelinesOf,
  windowOf,
} from '../../../../../server/src/core/show/report/incident/timeline.ts';

const EVIL = { name: 'evil', version: '6.6.6' };
const HOUR = 3_600_000;

function commit(id: string, at: number, ...changes: HitCommit['changes']): HitCommit {
  return { commit: id, authored: at * HOUR, committed: at * HOUR, isMerge: false, isRoot: false, changes };
}

describe('the timeline of a version', () => {
  test('has entries and exits in the order of commits, whatever the order of the walk', () => {
    const [line] = timelinesOf([
      commit('c', 3, { path: 'a', before: [EVIL], after: [] }),
      commit('b', 2, { path: 'a', before: [EVIL], after: [EVIL] }),
      commit('a', 1, { path: 'a', before: [], after: [EVIL] }),
    ]);
    assert.deepEqual(
      line!.events.map(({ type, commit: id }) => `${type} ${id}`),
      ['entered a', 'left c'],
    );
    assert.deepEqual(windowOf(line!.events, false), { from: HOUR, to: 3 * HOUR });
    assert.deepEqual(windowOf(line!.events, true), { from: HOUR, to: undefined });
  });

  test('says from where a commit moved it', () => {
    const lines = timelinesOf([
      commit('m', 1, { path: 'new', before: [], after: [EVIL] }, { path: 'old', before: [EVIL], after: [] }),
    ]);
    assert.deepEqual(
      lines.map(({ path, events }) => [path, events[0]!.type, events[0]!.moved]),
      [
        ['new', 'entered', 'old'],
        ['old', 'left', 'new'],
      ],
    );
  });
});

describe('whether a version could be installed', () => {
  const claim = (published?: string, removed?: string) =>
    claimOfRow({ name: 'evil', versions: ['6.6.6'], ids: [], reported: undefined, published, removed });
  const day = (number: number) => Date.UTC(2026, 0, number);
  const whole = claim('2026-01-10T00:00:00.000Z', '2026-01-12T00:00:00.000Z');

  test('is decided by the times of the source', () => {
    const stateOf = (from: number | undefined, to: number | undefined) =>
      installableIn([whole], { from, to }).state;
    assert.equal(stateOf(day(11), day(15)), 'yes');
    assert.equal(stateOf(day(11), undefined), 'yes');
    assert.equal(stateOf(day(13), day(15)), 'no');
    assert.equal(stateOf(day(5), day(9)), 'no');
    assert.equal(stateOf(undefined, undefined), 'unknown');
  });

  test('is unknown without them', () => {
    assert.equal(installableIn([claim()], { from: day(1), to: day(2) }).state, 'unknown');
    assert.equal(
      installableIn([claim('2026-01-10T00:00:00.000Z')], { from: day(11), to: day(12) }).state,
      'unknown',
    );
    assert.equal(
      installableIn([claim(undefined, '2026-01-12T00:00:00.000Z')], { from: day(13), to: undefined }).state,
      'no',
    );
  });
});
