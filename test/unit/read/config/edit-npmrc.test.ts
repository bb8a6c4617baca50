import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { removeNpmrcKey, setNpmrcKey } from '../../../../server/src/core/read/config/npm/edit-npmrc.ts';
import { readNpmrc } from '../../../../server/src/core/read/config/npm/read-npmrc.ts';
import { applyEdits } from '../../../../server/src/core/read/text/edit.ts';

const KEY = '@acme:registry';
const URL = 'https://npm.acme.example.test/';

/** The text before, and after the mapping was written. */
const CASES: readonly (readonly [string | undefined, string])[] = [
  [undefined, `${KEY}=${URL}\n`],
  ['', `${KEY}=${URL}\n`],
  ['fund=false', `fund=false\n${KEY}=${URL}\n`],
  ['fund=false\r\n', `fund=false\r\n${KEY}=${URL}\r\n`],
  ['a=1\n//h/:_authToken=x\n', `a=1\n${KEY}=${URL}\n//h/:_authToken=x\n`],
  [
    'a=1\n\n# the token\n; of CI\n//h/:_authToken=x',
    `a=1\n\n${KEY}=${URL}\n# the token\n; of CI\n//h/:_authToken=x`,
  ],
  ['# only\n//h/:_authToken=x\n', `${KEY}=${URL}\n# only\n//h/:_authToken=x\n`],
  ['\ufeff//h/:_authToken=x\n', `\ufeff${KEY}=${URL}\n//h/:_authToken=x\n`],
  ['a=1\n[sec]\nb=2\n', `a=1\n${KEY}=${URL}\n[sec]\nb=2\n`],
  [`a=1\n  ${KEY} = http://old/ ; why\nb=2\n`, `a=1\n  ${KEY} = ${URL} ; why\nb=2\n`],
  [`${KEY}=x\n${KEY}="y"\n`, `${KEY}=x\n${KEY}=${URL}\n`],
  [`${KEY}\nb=2`, `${KEY}=${URL}\nb=2`],
  [`${KEY}=\nb=2`, `${KEY}=${URL}\nb=2`],
  [`${KEY}=${URL}\n`, `${KEY}=${URL}\n`],
];

describe('setNpmrcKey', () => {
  for (const [before, expected] of CASES) {
    test(JSON.stringify(before), () => {
      const after = applyEdits(before ?? '', setNpmrcKey(before, KEY, URL));
      assert.equal(after, expected);
      assert.equal(
        readNpmrc('', after, 'project').entries.findLast((entry) => entry.key === KEY)?.value,
        URL,
      );
      assert.deepEqual(setNpmrcKey(after, KEY, URL), [], 'a second time changes nothing');
    });
  }

  test('quotes a value that npm would cut', () => {
    for (const value of ['a#b', 'a;b', ' a', '"a"', 'a\\b']) {
      const text = applyEdits('', setNpmrcKey('', 'k', value));
      assert.equal(readNpmrc('', text, 'project').entries[0]?.value, value);
    }
  });
});

test('removeNpmrcKey takes every line of the key with its line end', () => {
  const text = 'a=1\r\npackage-lock=false ; no\r\nb=2\r\npackage-lock = false';
  assert.equal(applyEdits(text, removeNpmrcKey(text, 'package-lock')), 'a=1\r\nb=2\r\n');
});
