import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerJson, answerText } from '../../../../../server/src/core/show/report/inventory/answer-text.ts';

test('answers have values that JSON has', () => {
  const row = [3n, 2n ** 60n, new Date(0), null, undefined, [1n], { a: 1n }, true, 'x\u001B[31m'];
  const columns = row.map((_, at) => `c${at}`);
  const { rows } = JSON.parse(answerJson({ columns, rows: [row] })) as { readonly rows: readonly unknown[] };
  assert.deepEqual(rows, [
    [3, '1152921504606846976', '1970-01-01T00:00:00.000Z', null, null, [1], { a: '1' }, true, 'x\u001B[31m'],
  ]);
  assert.match(answerText({ columns: ['a', 'b'], rows: [[1n, null]] }, 80), /^a {2}b\n1 {2}–\n\n1 row\n$/);
});
