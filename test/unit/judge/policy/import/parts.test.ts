import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  advisoryIdIn,
  advisoryNumberIn,
  isAdvisoryId,
} from '../../../../../server/src/core/read/policy-file/import/advisory-id.ts';
import { expiryDay } from '../../../../../server/src/core/read/policy-file/import/expiry-day.ts';
import { nearbyComment } from '../../../../../server/src/core/read/policy-file/import/nearby-comment.ts';

test('expiryDay reads what people write as a date, the same in every time zone', () => {
  const days: readonly (readonly [string | number, string | undefined])[] = [
    ['2027-01-31', '2027-01-31'],
    ['2027/1/31', '2027-01-31'],
    ['01/31/2027, 11:03:58', '2027-01-31'],
    ['1 March 2027 15:00', '2027-03-01'],
    ['1 March 2027 3:00 pm', '2027-03-01'],
    ['2027-01-26T13:51:50.417-07:00', '2027-01-26'],
    ['Sun, 11 Jul 2027 03:03:13 GMT', '2027-07-11'],
    ['Tue Jan 26 2027 11:00:00 GMT+1100 (Australian Eastern Daylight Time)', '2027-01-26'],
    [1_801_353_600_000, '2027-01-31'],
    ['1801353600000', '2027-01-31'],
    ['2027-02-30', undefined],
    ['13/01/2027', undefined],
    ['soon', undefined],
    ['version 2', undefined],
    ['', undefined],
    [1_801_353_600, undefined],
    [-5, undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    ['2027', '2027-01-01'],
    [`2027 ${'x'.repeat(1000)}`, undefined],
  ];
  for (const [written, day] of days) assert.equal(expiryDay(written), day, String(written));
});

test('ids are found in addresses, and only the prefix of GitHub stays in capitals', () => {
  assert.equal(advisoryIdIn('https://github.com/advisories/ghsa-XVCH-5gv4-984h'), 'GHSA-xvch-5gv4-984h');
  assert.equal(advisoryIdIn('cve-2021-44906'), 'CVE-2021-44906');
  assert.equal(advisoryIdIn('MAL-2026-12'), 'MAL-2026-12');
  for (const none of ['GHSA-1', 'CWE-471', 'GO-2022-0968', '577', 'XGHSA-xvch-5gv4-984h', ''])
    assert.equal(advisoryIdIn(none), undefined, none);
  assert.ok(isAdvisoryId('GHSA-xvch-5gv4-984h') && !isAdvisoryId('GHSA-xvch-5gv4-984h|a'));
  assert.equal(advisoryNumberIn('https://example.test/advisories/1213'), '1213');
  assert.equal(advisoryNumberIn('577'), '577');
  assert.equal(advisoryNumberIn('v577'), undefined);
});

describe('nearbyComment', () => {
  const comment = (text: string, word: string, mark: '#' | '//' = '#') => {
    const start = text.indexOf(word);
    return nearbyComment(text, { start, end: start + word.length }, mark);
  };
  test('behind the entry, else on the lines above it', () => {
    assert.equal(comment('a:\n  # why\n  # it is so\n  - X # because\n', 'X'), 'because');
    assert.equal(comment('a:\n  # why\n  # it is so\n  - X\n', 'X'), 'why it is so');
    assert.equal(comment('[\r\n  // why\r\n  "X",\r\n]', '"X"', '//'), 'why');
  });
  test('not one of something else', () => {
    assert.equal(comment('a: # of the list\n  - Y\n  - X\n', 'X'), undefined);
    assert.equal(comment('# of both\n- [Y, X]\n', 'X'), undefined);
    assert.equal(comment('  # far away\n\n  - X\n', 'X'), undefined);
    assert.equal(comment('  - X, Y # of Y\n', 'X'), undefined);
    assert.equal(comment('  - X #\n', 'X'), undefined);
  });
  test('no more of it than a few lines', () => {
    const text = `${'# x\n'.repeat(1000)}X`;
    assert.ok(comment(text, 'X')!.length < 100);
  });
});
