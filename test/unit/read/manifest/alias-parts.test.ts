import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aliasParts } from '../../../../server/src/core/read/manifest/read-specifier.ts';

test('the parts of an alias', () => {
  const cases: readonly (readonly [string, ...(readonly string[])])[] = [
    ['npm:a@^1', 'npm:a@', 'a', '^1'],
    ['NPM:@s/a@^1 || ^2', 'NPM:@s/a@', '@s/a', '^1 || ^2'],
    ['npm:^1.0.0', 'npm:', '', '^1.0.0'],
    ['npm:a', 'npm:a@', 'a', ''],
    ['npm:@s/a', 'npm:@s/a@', '@s/a', ''],
    ['npm:', 'npm:', '', ''],
  ];
  for (const [text, prefix, target, range] of cases)
    assert.deepEqual(aliasParts(text), { prefix, target, range }, text);
  for (const text of ['^1.0.0', 'npm', 'anpm:b', 'file:npm:a'])
    assert.equal(aliasParts(text), undefined, text);
});
