import assert from 'node:assert/strict';
import { test } from 'node:test';
import semver from 'semver';
import {
  keyFrom,
  NO_KEY,
  releaseKey,
} from '../../../../server/src/core/know/advisory/reports/release-key.ts';

const NUMBERS = [0, 1, 2, 9, 10, 99, 131_071, 131_072, 262_143];

test('keys are in the order of the versions', () => {
  const versions = NUMBERS.flatMap((a) => NUMBERS.flatMap((b) => NUMBERS.map((c) => `${a}.${b}.${c}`)));
  const known = versions.filter((version) => releaseKey(version) !== NO_KEY);
  assert.equal(known.length, 7 * 9 * 9);
  const byKey = known.toSorted((a, b) => releaseKey(a) - releaseKey(b));
  assert.deepEqual(byKey, known.toSorted(semver.compare));
  assert.ok(known.every((version) => Number.isSafeInteger(releaseKey(version))));
  assert.equal(new Set(known.map(releaseKey)).size, known.length);
});

test('only what is written as a release is one', () => {
  for (const text of [
    '',
    '1',
    '1.2',
    '1.2.',
    '.1.2',
    '1..2',
    '1.2.3.4',
    '01.2.3',
    '1.02.3',
    '1.2.00',
    'v1.2.3',
  ]) {
    assert.equal(releaseKey(text), NO_KEY, text);
  }
  for (const text of [
    '1.2.3-a',
    '1.2.3+b',
    ' 1.2.3',
    '1.2.3\n',
    '1.2.x',
    '1.2.3a',
    '131072.0.0',
    '0.262144.0',
  ]) {
    assert.equal(releaseKey(text), NO_KEY, text);
  }
  for (const text of ['0.0.262144', '9999999.0.0', '1.2.99999999999999999999']) {
    assert.equal(releaseKey(text), NO_KEY, text);
  }
});

test('a bound is the lowest key that is not below it', () => {
  const bounds = [
    '0.0.0',
    '1.2.3',
    '1.2.3-rc.1',
    '1.2.262143',
    '1.2.262144',
    '1.262144.7',
    '131071.262143.262143',
  ];
  const releases = [
    ...bounds.filter((text) => releaseKey(text) !== NO_KEY),
    '1.2.2',
    '1.2.4',
    '1.3.0',
    '2.0.0',
    '1.262143.0',
  ];
  for (const bound of [...bounds, '131072.0.0', '20261126.1.1']) {
    const { major, minor, patch, prerelease } = semver.parse(bound)!;
    for (const isAbove of [false, true]) {
      const key = keyFrom(major, minor, patch, prerelease.length > 0, isAbove);
      for (const release of releases) {
        const isIn = isAbove ? semver.gt(release, bound) : semver.gte(release, bound);
        assert.equal(releaseKey(release) >= key, isIn, `${release} and ${bound}`);
      }
    }
  }
});
