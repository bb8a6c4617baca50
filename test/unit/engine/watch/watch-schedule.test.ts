import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createWatchSchedule } from '../../../../server/src/engine/watch/watch-schedule.ts';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

function at(random: number) {
  let now = Date.parse('2026-11-24T09:00:00Z');
  const schedule = createWatchSchedule({ now: () => now, random: () => random });
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  return { schedule, pass };
}

describe('rounds are due', () => {
  test('some minutes after the start, and then every few hours, each at a time of its own', () => {
    for (const [random, first, later] of [
      [0, 4 * MINUTE, 3 * HOUR],
      [0.5, 6 * MINUTE, 4.5 * HOUR],
    ] as const) {
      const { schedule, pass } = at(random);
      schedule.start();
      assert.equal(schedule.rest(), first);
      pass(first - 1);
      assert.equal(schedule.rest(), 1);
      pass(10 * HOUR);
      assert.equal(schedule.rest(), 0);
      schedule.ended(true);
      assert.equal(schedule.rest(), later);
    }
  });

  test('sooner after one that could look at nothing, and then later and later', () => {
    const { schedule } = at(0);
    schedule.start();
    const rests = [false, false, false, false, false, false, true, false].map((hasLooked) => {
      schedule.ended(hasLooked);
      return schedule.rest() / MINUTE;
    });
    assert.deepEqual(rests, [20, 40, 80, 160, 180, 180, 180, 20]);
  });

  test('without a clock that was set back holding them up', () => {
    const { schedule, pass } = at(0);
    schedule.start();
    pass(-30 * 24 * HOUR);
    assert.equal(schedule.rest(), 0);
  });
});
