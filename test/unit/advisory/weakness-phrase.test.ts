import assert from 'node:assert/strict';
import { test } from 'node:test';
import { weaknessPhrase } from '../../../server/src/core/advisory/weakness-phrase.ts';
import { bundledIndex } from './bundled-index.ts';

test('the most telling weakness names what it is about', () => {
  assert.equal(weaknessPhrase(['CWE-1321']), 'prototype pollution');
  assert.equal(weaknessPhrase(['CWE-20', 'CWE-1321']), 'prototype pollution');
  assert.equal(weaknessPhrase(['CWE-400', 'CWE-20']), 'denial of service');
  assert.equal(weaknessPhrase(['CWE-999999', 'CWE-79']), 'cross-site scripting');
});

test('what is not known has no phrase', () => {
  for (const cwes of [[], ['CWE-999999'], ['CWE-'], ['constructor'], ['CWE-constructor']]) {
    assert.equal(weaknessPhrase(cwes), undefined);
  }
});

test('every weakness of the bundled data has one', () => {
  const index = bundledIndex();
  const cwes = new Set([...index.names()].flatMap((name) => index.of(name).flatMap((each) => each.cwes)));
  assert.ok(cwes.size > 150);
  assert.deepEqual(
    [...cwes].filter((cwe) => weaknessPhrase([cwe]) === undefined),
    [],
  );
});
