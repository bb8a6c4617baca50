import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AdvisoryReport } from '../../../../server/src/core/know/advisory/reports/advisory-report.ts';
import { ownIds } from '../../../../server/src/core/know/advisory/reports/own-ids.ts';
import { advisoryOf } from '../../../../server/src/core/know/advisory/reports/reported-advisory.ts';
import { splitReports } from '../../../../server/src/core/know/advisory/reports/split-reports.ts';
import { interval, report } from './reports.ts';

const [FIRST, SECOND, OLD, NEW] = ['GHSA-2222-2222-2222', 'GHSA-3333-3333-3333', 'CVE-2025-1', 'CVE-2026-1'];

function reported(ids: readonly string[], range: string, facts: Partial<AdvisoryReport> = {}) {
  return report({ ids: ids as [string, ...string[]], intervals: [interval(range)], ...facts });
}

function split(...reports: readonly AdvisoryReport[]): readonly (readonly string[])[] {
  const groups = [reports, reports.toReversed()].map((all) =>
    splitReports(all)
      .map((group) => group.map(({ ids: [id] }) => id).sort())
      .sort(),
  );
  assert.deepEqual(groups[0], groups[1]);
  return groups[0]!;
}

test('records with ranges of their own stay apart, though they share aliases', () => {
  const [a, b] = [reported([FIRST, OLD, NEW], '<2.0.0'), reported([SECOND, OLD, NEW], '<3.0.0')];
  assert.deepEqual(split(a, b), [[FIRST], [SECOND]]);
  assert.deepEqual(split(a, reported([SECOND, OLD, NEW], '<2.0.0')), [[FIRST, SECOND]]);
  assert.deepEqual(split(a, reported([OLD], '<9.0.0')), [[OLD], [FIRST]]);
});

test('one record of each database is one, and so is what less careful lists say', () => {
  const a = reported([FIRST, OLD], '<2.0.0');
  assert.deepEqual(split(a, reported([OLD], '<9.0.0')), [[OLD, FIRST]]);
  assert.deepEqual(split(a, reported(['RETIREJS-1', OLD], '<9.0.0')), [[FIRST, 'RETIREJS-1']]);
  assert.deepEqual(split(a, reported([SECOND, OLD], '>=1.0.0 ?')), [[FIRST, SECOND]]);
});

test('reports of malware name the same attack', () => {
  const isMalware = { isMalware: true };
  const [a, b] = [reported([FIRST, OLD], '<2.0.0', isMalware), reported([SECOND, OLD], '<3.0.0', isMalware)];
  assert.deepEqual(split(a, b), [[FIRST, SECOND]]);
});

test('an alias that two advisories share means neither of them', () => {
  const [a, b] = [
    advisoryOf(reported([FIRST, OLD, NEW, 'CVE-2020-1'], '<2.0.0'), 'bundled'),
    advisoryOf(reported([SECOND, OLD, NEW], '<3.0.0'), 'bundled'),
  ];
  assert.deepEqual(ownIds(a, [a, b]), [FIRST, 'CVE-2020-1']);
  assert.deepEqual(ownIds(b, [a, b]), [SECOND]);
  assert.deepEqual(ownIds(b, [b]), [SECOND, OLD, NEW]);
});
