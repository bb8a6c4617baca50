import assert from 'node:assert/strict';
import { test } from 'node:test';
import semver from 'semver';
import { readPlainRange } from '../../../../server/src/core/read/manifest/read-plain-range.ts';
import { randomSource } from '../text/random-source.ts';

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

test('ranges of all kinds, and several with ||, are read as semver reads them', () => {
  const random = randomSource(11);
  const number = () => String(random.pick([0, 0, 1, 2, 10, 999_999_999]));
  const triple = () => `${number()}.${number()}.${number()}`;
  const kinds = [
    () => random.pick(['', '^', '~']) + triple(),
    () => random.pick(['', '^', '~']) + number(),
    () => `${random.pick(['', '^', '~'])}${number()}.${number()}`,
    () => `${random.pick(['', '^', '~'])}${number()}.${random.pick(['x', 'X', '*'])}`,
    () => `${random.pick(['', '^', '~'])}${number()}.${number()}.${random.pick(['x', 'X', '*'])}`,
    () => `${number()}.x.${random.pick(['x', '*', '1'])}`,
    () =>
      `${random.pick(['>=', '>', '>= ', '<'])}${triple()} ${random.pick(['<', '<=', '>', '< '])}${triple()}`,
    () => `${triple()} - ${triple()}`,
    () => random.pick(['', '*', 'x', '1.2.3-rc.1', '>=1.2.3', 'latest', '01.2.3']),
  ];
  let read = 0;
  for (let round = 0; round < 30_000; round++) {
    const parts = Array.from({ length: random.pick([1, 1, 2, 3]) }, () => random.pick(kinds)());
    const text = parts.join(random.pick(['||', ' || ', ' ||  ']));
    const plain = readPlainRange(text);
    if (plain === undefined) continue;
    read++;
    assert.deepEqual(plain, bySemver(text), text);
  }
  assert.ok(read > 8_000, String(read));
});

test('anything else is left to semver', () => {
  const others = [
    '',
    '0.x',
    '0.0.x',
    '^1.2.3 ||',
    '>=0.0.0 <1.0.0',
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
