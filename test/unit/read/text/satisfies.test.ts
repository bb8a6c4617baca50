import assert from 'node:assert/strict';
import { test } from 'node:test';
import semver from 'semver';
import { satisfies } from '../../../../server/src/core/read/text/satisfies.ts';
import { randomSource } from './random-source.ts';

const NUMBERS = [
  '0',
  '1',
  '2',
  '3',
  '10',
  '01',
  '00',
  '9007199254740991',
  '999999999999999',
  '1234567890123456',
  'x',
  '*',
  '',
];
const BEFORE = ['', '^', '~', '>=', '=', '>', '<=', 'v', '^ ', '~>', '^v', ' '];
const BEHIND = ['', '', '', '-alpha.1', '+build', '-0', ' ', ' || 4', '.0'];
const OPTIONS = [{}, { loose: true }, { includePrerelease: true }, { loose: true, includePrerelease: true }];

test('says of every version and range what the semver package says', () => {
  const random = randomSource(7);
  const triple = () => `${random.pick(NUMBERS)}.${random.pick(NUMBERS)}.${random.pick(NUMBERS)}`;
  let within = 0;
  for (let round = 0; round < 60_000; round++) {
    const version = triple() + random.pick(BEHIND);
    const range =
      random.below(3) === 0
        ? `>=${triple()}${random.pick(BEHIND)} <${triple()}${random.pick(BEHIND)}`
        : random.pick(BEFORE) + (random.below(3) === 0 ? version : triple()) + random.pick(BEHIND);
    const options = random.pick(OPTIONS);
    const expected = semver.satisfies(version, range, options);
    assert.equal(satisfies(version, range, options), expected, `${version} in ${range}`);
    if (expected) within++;
  }
  assert.ok(within > 2_000, String(within));
});

test('says the same of ranges of several comparators, and of several ranges', () => {
  const random = randomSource(13);
  const number = () => random.pick(['0', '1', '2', '3', random.pick(['10', '01', 'x', '999999999999999'])]);
  const triple = () => `${number()}.${number()}.${number()}`;
  const behind = () =>
    random.pick(['', '', '', '', '-0', '-alpha', '-rc.1', '-1.a', '-01', '-a.01', '-A', '-a-b', '+b', '.0']);
  const comparator = () =>
    random.pick(['', '^', '~', '>=', '>', '<', '<=', '=', '>= ', '*']) + triple() + behind();
  const part = () =>
    Array.from({ length: random.pick([1, 1, 2, 2, 3]) }, comparator).join(random.pick([' ', '  ']));
  let within = 0;
  for (let round = 0; round < 60_000; round++) {
    const version = triple() + random.pick(['', '', '', '-0', '-rc.1', '+b']);
    const range = Array.from({ length: random.pick([1, 2, 3]) }, part).join(
      random.pick(['||', ' || ', ' ||']),
    );
    const options = random.pick(OPTIONS);
    const expected = semver.satisfies(version, range, options);
    assert.equal(satisfies(version, range, options), expected, `${version} in ${range}`);
    if (expected) within++;
  }
  assert.ok(within > 2_000, String(within));
});

test('as ranges are read from manifests', () => {
  for (const declared of [
    '^1.2.3',
    '~1.2.3',
    '^0.2.3',
    '^0.0.3',
    '1.x',
    '1.2',
    '>=1.2.3 <1.4.0',
    '>=01.2.3 <2.0.0-0',
    '>=1.2.3 <2.0.0-1',
  ]) {
    for (const range of [declared, semver.validRange(declared) ?? declared]) {
      for (const version of [
        '0.0.3',
        '0.0.4',
        '0.2.3',
        '0.3.0',
        '1.0.0',
        '1.2.2',
        '1.2.3',
        '1.3.9',
        '1.4.0',
        '2.0.0',
        '2.0.0-0',
        '1.2.3-a',
      ]) {
        assert.equal(satisfies(version, range), semver.satisfies(version, range), `${version} in ${range}`);
      }
    }
  }
});

test('around the ends of each kind of range', () => {
  const versions = [
    '0.0.0',
    '0.0.2',
    '0.0.3',
    '0.0.4',
    '0.1.9',
    '0.2.2',
    '0.2.3',
    '0.2.4',
    '0.3.0',
    '1.2.2',
    '1.2.3',
    '1.2.4',
    '1.3.0',
    '2.0.0',
  ];
  for (const comparator of BEFORE) {
    for (const from of ['0.0.0', '0.0.3', '0.2.3', '1.2.3']) {
      for (const version of versions) {
        const range = comparator + from;
        assert.equal(satisfies(version, range), semver.satisfies(version, range), `${version} in ${range}`);
      }
    }
  }
});
