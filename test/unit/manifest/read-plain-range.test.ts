import assert from 'node:assert/strict';
import { test } from 'node:test';
import semver from 'semver';
import { readPlainRange } from '../../../server/src/core/manifest/read-plain-range.ts';

const OPERATORS = ['', '^', '~'];
const NUMBERS = [0, 1, 9, 10, 2_024, 999_999_999];

test('plain versions and ranges are read as semver reads them', () => {
  for (const operator of OPERATORS) {
    for (const major of NUMBERS) {
      for (const minor of NUMBERS) {
        for (const patch of NUMBERS) {
          const text = `${operator}${major}.${minor}.${patch}`;
          const read = readPlainRange(text);
          if (major + minor + patch === 0) assert.equal(read, undefined, text);
          else assert.deepEqual(read, bySemver(text), text);
        }
      }
    }
  }
});

test('anything else is left to semver', () => {
  const others = [
    '',
    '1',
    '1.2',
    '1.2.x',
    '01.2.3',
    '1.2.3-rc.1',
    '1.2.3+build',
    ' 1.2.3',
    '^ 1.2.3',
    '>=1.2.3',
  ];
  for (const text of [
    ...others,
    '1.2.3 ',
    '1.2.3.4',
    '^^1.2.3',
    'v1.2.3',
    '1.2.9007199254740993',
    '1.2.3\n',
  ]) {
    assert.equal(readPlainRange(text), undefined, JSON.stringify(text));
  }
});

function bySemver(text: string) {
  const version = semver.valid(text, true);
  return version === null
    ? { type: 'range', range: semver.validRange(text, true) }
    : { type: 'version', range: version };
}
