import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type HitCommit,
  timelinesOf,
  windowOf,
} from '../../../../../server/src/core/show/report/incident/timeline.ts';

const EVIL = { name: 'evil', version: '6.6.6' };
const HOUR = 3_600_000;

function commit(id: string, at: number, ...changes: HitCommit['changes']): HitCommit {
  return {
    commit: id,
    authored: at * HOUR,
    committed: at * HOUR,
    isMerge: false,
    parent: undefined,
    changes,
  };
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
