import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FoundAdvisory } from '../../../server/src/core/finding.ts';
import { countedOnce } from '../../../server/src/core/report/counted-once.ts';
import { summarize } from '../../../server/src/core/report/summary.ts';
import { findingOn, sampleReport } from './sample-report.ts';

const ONE: FoundAdvisory = { ids: ['GHSA-2222-2222-2222', 'CVE-2026-1'], package: 'a', version: '1.0.0' };
const TWO: FoundAdvisory = { ids: ['GHSA-3333-3333-3333'], package: 'b', version: '1.0.0' };

const at = (path: string, advisories: readonly FoundAdvisory[], rule = 'vulnerable-dependency') =>
  findingOn('"a"', '"a"', { uri: `file:///w/${path}`, rule, severity: 'error', advisories });

test('what a lockfile says once more counts once, all else by itself', () => {
  const declared = at('package.json', [ONE, TWO]);
  const again = at('package-lock.json', [ONE]);
  const other = at('yarn.lock', [{ ...ONE, version: '1.0.1' }]);
  const rule = at('pnpm-lock.yaml', [ONE], 'malicious-version');
  const partly = at('bun.lock', [TWO, { ...TWO, ids: ['GHSA-4444-4444-4444'] }]);
  const plain = findingOn('"a"', '"a"', { uri: 'file:///w/package-lock.json' });
  const all = [declared, again, other, rule, partly, plain];
  assert.deepEqual(countedOnce(all), [declared, other, rule, partly, plain]);
  assert.deepEqual(countedOnce([again, other]), [again, other]);
  const { errors, warnings } = summarize(sampleReport({ findings: all }));
  assert.deepEqual([errors, warnings], [4, 1]);
});
