import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CoverageGap, GapReason } from '../../../../../server/src/core/judge/check/coverage.ts';
import { readLockfile } from '../../../../../server/src/core/read/lockfile/detect.ts';
import { guardGaps } from '../../../../../server/src/core/show/report/guard/guard-gaps.ts';
import { lockfileOf } from '../../../../cli/run-cli.ts';

const { entries } = readLockfile(
  'file:///shop/package-lock.json',
  JSON.stringify(lockfileOf({ a: '1.0.0', '@acme/ui': '2.0.0' })),
  'package-lock',
);

function gap(reason: GapReason, rest: Partial<CoverageGap> = {}): CoverageGap {
  const texts = { subject: 'a', detail: 'b', advice: 'c' };
  return { kind: 'rules', state: 'not-checked', reason, ...texts, rules: ['fresh-version'], ...rest };
}

function sorted(...gaps: readonly CoverageGap[]): readonly string[] {
  const { failed, unknown } = guardGaps(gaps, entries);
  return [
    ...failed.map(({ reason }) => `failed ${reason}`),
    ...unknown.map(({ reason }) => `unknown ${reason}`),
  ];
}

test('what another attempt may answer is a failure, and what nobody provides is unknown', () => {
  assert.deepEqual(sorted(gap('unreachable'), gap('offline'), gap('not-provided'), gap('not-recorded')), [
    'failed unreachable',
    'failed offline',
    'unknown not-provided',
    'unknown not-recorded',
  ]);
});

test('a package of a registry that may not be asked about it is a failure: it may be an impostor', () => {
  assert.deepEqual(sorted(gap('private', { packages: ['@acme/ui'] })), ['failed private']);
  assert.deepEqual(sorted(gap('elsewhere', { packages: ['a'] })), ['failed elsewhere']);
});

test('packages that are not installed, and rules on the upkeep of the project, do not count', () => {
  assert.deepEqual(sorted(gap('failed', { packages: ['b'] })), []);
  assert.deepEqual(sorted(gap('failed', { packages: ['a@1.0.0'] })), ['failed failed']);
  assert.deepEqual(sorted(gap('failed', { rules: ['outdated-dependency', 'deprecated-dependency'] })), []);
});
