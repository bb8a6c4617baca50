import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemberNames } from '../../../../server/src/core/read/lockfile/npm/member-names.ts';

const names = new MemberNames([
  ['dev', 1],
  ['resolved', -2],
  ['requires', 3],
]);

test('a name is told by its number, wherever it stands', () => {
  assert.deepEqual(
    ['dev', 'resolved', 'requires'].map((name) => names.of(name)),
    [1, -2, 3],
  );
  const text = '{"requires":{}}';
  assert.equal(names.at(text, 2, 'requires'.length), 3);
});

test('any other is 0', () => {
  const others = [
    '',
    'de',
    'dew',
    'def',
    'devs',
    'resolvex',
    'regulars',
    'x'.repeat(40),
    'deé',
    'd\u{1f600}',
  ];
  assert.deepEqual([...new Set(others.map((name) => names.of(name)))], [0]);
});

test('two that it could not tell apart are refused', () => {
  assert.throws(
    () =>
      new MemberNames([
        ['peer', 1],
        ['pair', 2],
        ['teen', 3],
      ]),
    /teen has the place of another/,
  );
});
