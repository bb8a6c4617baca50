import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readRecords } from '../../../../server/src/core/know/monitored/read-records.ts';

const record = (...lines: readonly object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
const thread = (pid: number, number = 0) => ({
  thread: number,
  pid,
  node: '24.0.0',
  flags: ['--permission'],
});
const use = (number: number, detail: string) => ({
  ...{ use: number, kind: 'environment', owner: '/a', detail, stack: [['f', '/a/b.js', number + 1]] },
});

describe('readRecords', () => {
  test('adds the same uses of all threads, and keeps the first stack', () => {
    const first = record(thread(1), use(0, 'A'), { counts: [[0, 2]] }, { counts: [[0, 5]] });
    const second = record(thread(1, 1), use(0, 'B'), use(1, 'A'), { counts: [[1, 3]] });
    const { uses, processes, workers } = readRecords([first, second]);
    assert.deepEqual([processes, workers], [1, 1]);
    assert.deepEqual(
      uses.map(({ detail, count, stack }) => [detail, count, stack[0]![2]]),
      [
        ['A', 8, 1],
        ['B', 1, 1],
      ],
    );
  });

  test('passes over what a program wrote into them or left unfinished', () => {
    const hostile = record(
      ...[thread(1), use(0, 'A'), { ...use(1, 'B'), kind: 'none' }, { ...use(2, 'C'), owner: 5 }],
      ...[{ counts: [[0, -1], [0, 1e300], 'x', null] }, { reads: [1, '/r'], writes: 'w' }, { use: '3' }],
    );
    const { uses, damaged, reads, writes } = readRecords([`${hostile}null\n{"use":3,`, undefined]);
    assert.deepEqual(
      uses.map(({ detail, count }) => [detail, count]),
      [['A', 1]],
    );
    assert.deepEqual([damaged, reads, writes], [2, ['/r'], []]);
  });
});
