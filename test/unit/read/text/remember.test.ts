import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remember } from '../../../../server/src/core/read/text/remember.ts';

test('an answer is computed once, whatever it is', () => {
  const asked: string[] = [];
  const length = remember(4, (text) => {
    asked.push(text);
    return text.length;
  });
  assert.deepEqual(['', 'a', '', 'a'].map(length), [0, 1, 0, 1]);
  assert.deepEqual(asked, ['', 'a']);
});

test('what was asked for lately is remembered, and not more than twice as much', () => {
  const asked: string[] = [];
  const same = remember(3, (text) => {
    asked.push(text);
    return text;
  });
  for (let at = 0; at < 100; at++) {
    same('often');
    same(`once ${at}`);
  }
  assert.equal(asked.filter((text) => text === 'often').length, 1);
  asked.length = 0;
  for (let at = 0; at < 100; at++) same(`once ${at}`);
  assert.ok(asked.length >= 94, `${asked.length} of 100 were forgotten`);
});

test('long texts are not kept', () => {
  let computed = 0;
  const count = remember(3, () => ++computed);
  const long = 'x'.repeat(1_000);
  assert.deepEqual([count(long), count(long)], [1, 2]);
});
