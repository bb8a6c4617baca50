import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UnavailableReason } from '../../../../server/src/core/know/registry/documents/fact.ts';
import { displayWidth } from '../../../../server/src/core/read/text/words/visible-text.ts';
import { gapLines } from '../../../../server/src/core/show/report/check/gap-lines.ts';
import { reportCoverage } from '../../../../server/src/core/show/report/check/report-coverage.ts';
import { ROOT, type Sample, sampleReport } from './sample-report.ts';

const coverage = (sample: Sample) => reportCoverage(sampleReport(sample), 0);

test('nothing is covered that has a gap, and everything is without one', () => {
  assert.deepEqual(coverage({ texts: { 'package.json': '{}' } }), { state: 'checked', gaps: [] });
});

test('each reason says what it is and what to do', () => {
  const reasons: readonly UnavailableReason[] = [
    ...([
      'offline',
      'unreachable',
      'private',
      'elsewhere',
      'no-access',
      'not-provided',
      'failed',
      'untrusted',
    ] as const),
  ];
  const { gaps } = coverage({
    notChecked: reasons.map((reason) => ({ rule: 'new-package', reason, count: 1, packages: [reason] })),
  });
  assert.deepEqual(gaps.map(({ reason }) => reason).sort(), [...reasons].sort());
  for (const member of ['detail', 'advice'] as const)
    assert.equal(new Set(gaps.map((gap) => gap[member])).size, reasons.length);
});

test('rules that lack the same of the same packages share a gap', () => {
  const gap = (rule: string, packages: readonly string[]) =>
    ({ rule, reason: 'offline', count: packages.length, packages }) as const;
  const { gaps } = coverage({
    notChecked: [gap('a', ['x', 'y']), gap('b', ['x', 'y']), gap('c', ['x', 'z'])],
  });
  assert.deepEqual(
    gaps.map(({ rules, packages, subject }) => [rules, packages, subject]),
    [
      [['a', 'b'], ['x', 'y'], 'a, b for x, y'],
      [['c'], ['x', 'z'], 'c for x, z'],
    ],
  );
});

test('lines show no raw control character of a file, and keep to the columns', () => {
  const { gaps } = coverage({
    files: [
      {
        ...{
          uri: `${ROOT}/a%1b%5b31m/package.json`,
          kind: 'manifest',
          status: 'partial',
          entries: undefined,
        },
        reason: 'Line 1: the text ends before its brackets are closed, which is said here at some length.',
      },
    ],
  });
  const lines = gapLines(gaps, 60);
  assert.ok(lines.length > 1);
  for (const line of lines) assert.ok(displayWidth(line) <= 60 && !line.includes('\u001b'), line);
});
