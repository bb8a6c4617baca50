import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type KnownFix, knownFix } from '../../../../server/src/core/judge/exposure/clearing-version.ts';
import type { AdvisoryReport } from '../../../../server/src/core/know/advisory/reports/advisory-report.ts';
import { advisoryOf } from '../../../../server/src/core/know/advisory/reports/reported-advisory.ts';
import { interval, report } from '../../know/advisory/reports.ts';

function fixOf(version: string, ...reports: readonly Partial<AdvisoryReport>[]): KnownFix {
  const all = reports.map((facts) => advisoryOf(report(facts), 'bundled'));
  return knownFix({ of: () => all, affecting: () => all, sources: [] }, 'shelf', version);
}

const FIXED = { intervals: [interval('<2.0.0')] };

test('whole records name a fixed version, or there is none', () => {
  assert.deepEqual(fixOf('1.0.0', FIXED), { state: 'fixed', version: '2.0.0' });
  assert.deepEqual(fixOf('1.0.0', { intervals: [interval('<=1.5.0')] }), { state: 'none' });
  assert.deepEqual(fixOf('1.0.0', { intervals: [interval('>=0.1.0')] }), { state: 'none' });
});

test('a partial record, and one that lost an end, leave it unknown', () => {
  assert.deepEqual(fixOf('1.0.0', { ...FIXED, quality: 'partial' }), { state: 'unknown' });
  assert.deepEqual(fixOf('1.0.0', { intervals: [interval('<2.0.0'), interval('>=3.0.0 ?')] }), {
    state: 'unknown',
  });
  const elsewhere = { intervals: [interval('>=1.5.0 ?')] };
  assert.deepEqual(fixOf('1.0.0', FIXED, { ...elsewhere, ids: ['CVE-2024-0002'] }), { state: 'unknown' });
});

test('a list that is made carelessly decides only where it is alone', () => {
  const low = { ids: ['RETIREJS-shelf-1'] as [string], isLow: true, intervals: [interval('<9.0.0')] };
  assert.deepEqual(fixOf('1.0.0', FIXED, low), { state: 'fixed', version: '2.0.0' });
  assert.deepEqual(fixOf('1.0.0', low), { state: 'fixed', version: '9.0.0' });
  assert.deepEqual(fixOf('3.0.0', FIXED, low), { state: 'fixed', version: '9.0.0' });
});
