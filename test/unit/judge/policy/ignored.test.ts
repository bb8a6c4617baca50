import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Ignorable, isAccepted, isIgnored } from '../../../../server/src/core/judge/policy/ignored.ts';
import { daysAfter, isDay } from '../../../../server/src/core/read/policy-file/day.ts';
import { readPolicy } from '../../../../server/src/core/read/policy-file/read-policy.ts';

const URI = 'file:///p/dependency-hygiene.json';
const FINDING: Ignorable = {
  rule: 'insecure-url',
  package: 'left',
  version: '1.0.0',
  path: 'packages/a/package.json',
};

function ignored(entry: object, finding: Ignorable = FINDING, today = '2026-11-24'): boolean {
  const policy = readPolicy(URI, JSON.stringify({ ignores: [entry] }));
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
    assert.ok(ignored({ ...ENTRY, package: 'left', version: '1.0.0', path: 'packages/*/package.json' }));
    assert.ok(!ignored({ ...ENTRY, rule: 'typosquat-name' }));
    assert.ok(!ignored({ ...ENTRY, package: 'lef*' }));
    assert.ok(!ignored({ ...ENTRY, version: '1.0.1' }));
    assert.ok(!ignored({ ...ENTRY, id: 'X-2' }), 'it is about no advisory');
    assert.ok(!ignored({ ...ENTRY, path: 'package.json' }));
    assert.ok(!ignored({ ...ENTRY, path: 'packages/*' }));
    assert.ok(ignored({ ...ENTRY, path: '**' }));
  });
  describe('of a finding about advisories', () => {
    const rule = 'vulnerable-dependency';
    const FIRST = { ids: ['GHSA-aaaa-bbbb-cccc', 'CVE-2026-1'], package: 'left', version: '1.0.0' };
    const SECOND = { ids: ['MAL-2026-2'], package: 'right', version: '2.0.0' };
    const one = { ...FINDING, rule, advisories: [FIRST] };
    const both = { ...FINDING, rule, advisories: [FIRST, SECOND] };
    const entry = { ...ENTRY, rule };

    test('an id is any of its ids, in either case', () => {
      for (const id of ['GHSA-aaaa-bbbb-cccc', 'ghsa-AAAA-bbbb-cccc', 'CVE-2026-1', 'cve-2026-1'])
        assert.ok(ignored({ ...entry, id }, one), id);
      for (const id of ['GHSA-aaaa-bbbb-cccd', 'CVE-2026-10', '*', 'MAL-2026-2'])
        assert.ok(!ignored({ ...entry, id }, one), id);
    });

    test('a finding about several is accepted where each of them is', () => {
      const [first, second] = [
        { ...entry, id: 'CVE-2026-1' },
        { ...entry, id: 'MAL-2026-2', package: 'right' },
      ];
      assert.ok(!ignored(first, both));
      assert.ok(!ignored(second, both));
      const policy = readPolicy(URI, JSON.stringify({ ignores: [first, second] }));
      assert.ok(isIgnored(policy, both, '2026-11-24'));
      assert.ok(isAccepted(policy, { ...SECOND, rule, path: FINDING.path }, '2026-11-24'));
    });

    test('the package is the one that the advisory is about, wherever the finding stands', () => {
      const brought = { ...one, package: 'parent', version: '9.9.9' };
      assert.ok(ignored({ ...entry, id: 'CVE-2026-1', package: 'left', version: '1.0.0' }, brought));
      assert.ok(!ignored({ ...entry, id: 'CVE-2026-1', package: 'parent' }, brought));
      assert.ok(!ignored({ ...entry, id: 'CVE-2026-1', package: 'left', version: '9.9.9' }, brought));
      assert.ok(ignored({ ...entry, package: 'left' }, brought));
    });

    test('malware is accepted only in one version', () => {
      const malware = { ...one, rule: 'malicious-version' };
      assert.ok(!ignored({ ...entry, rule: malware.rule, id: 'CVE-2026-1', package: 'left' }, malware));
      assert.ok(ignored({ ...entry, rule: malware.rule, id: 'CVE-2026-1', version: '1.0.0' }, malware));
    });
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
