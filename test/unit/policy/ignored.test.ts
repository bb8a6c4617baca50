import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { daysAfter, isDay } from '../../../server/src/core/policy/day.ts';
import { type Ignorable, isIgnored } from '../../../server/src/core/policy/ignored.ts';
import { readPolicy } from '../../../server/src/core/policy/read-policy.ts';

const FINDING: Ignorable = {
  rule: 'insecure-url',
  package: 'left',
  version: '1.0.0',
  path: 'packages/a/package.json',
  ids: ['X-1'],
};

function ignored(entry: object, finding: Ignorable = FINDING, today = '2026-11-24'): boolean {
  const policy = readPolicy('file:///p/dependency-hygiene.json', JSON.stringify({ ignores: [entry] }));
  return isIgnored(policy, finding, today);
}

describe('isIgnored', () => {
  const ENTRY = { rule: 'insecure-url', reason: 'accepted', expires: '2026-12-01' };

  test('an entry with rule, reason and day accepts', () => assert.ok(ignored(ENTRY)));
  test('counts on its last day, not after it', () => {
    assert.ok(ignored(ENTRY, FINDING, '2026-12-01'));
    assert.ok(!ignored(ENTRY, FINDING, '2026-12-02'));
  });
  test('without a reason or a day it accepts nothing', () => {
    assert.ok(!ignored({ ...ENTRY, reason: '' }));
    assert.ok(!ignored({ ...ENTRY, reason: undefined }));
    assert.ok(!ignored({ ...ENTRY, expires: undefined }));
    assert.ok(!ignored({ ...ENTRY, expires: '2026-13-01' }));
  });
  test('every member must fit', () => {
    assert.ok(
      ignored({ ...ENTRY, package: 'left', version: '1.0.0', id: 'X-1', path: 'packages/*/package.json' }),
    );
    assert.ok(!ignored({ ...ENTRY, rule: 'typosquat-name' }));
    assert.ok(!ignored({ ...ENTRY, package: 'lef*' }));
    assert.ok(!ignored({ ...ENTRY, version: '1.0.1' }));
    assert.ok(!ignored({ ...ENTRY, id: 'X-2' }));
    assert.ok(!ignored({ ...ENTRY, path: 'package.json' }));
    assert.ok(!ignored({ ...ENTRY, path: 'packages/*' }));
    assert.ok(ignored({ ...ENTRY, path: '**' }));
  });
  test('a swapped or malicious package is accepted only in one version', () => {
    const finding = { ...FINDING, rule: 'lockfile-entry-mismatch' };
    assert.ok(!ignored({ ...ENTRY, rule: finding.rule, package: 'left' }, finding));
    assert.ok(ignored({ ...ENTRY, rule: finding.rule, package: 'left', version: '1.0.0' }, finding));
  });
});

test('isDay knows the calendar', () => {
  for (const day of ['2026-01-31', '2028-02-29', '2026-12-31']) assert.ok(isDay(day), day);
  for (const day of ['2026-02-29', '2026-00-10', '2026-1-1', '2026-01-32', 'tomorrow', ''])
    assert.ok(!isDay(day), day);
});

test('daysAfter crosses months and years', () => {
  assert.equal(daysAfter('2026-11-24', 90), '2027-02-22');
  assert.equal(daysAfter('2028-02-28', 1), '2028-02-29');
});
