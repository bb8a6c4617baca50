import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rangeText } from '../../../../server/src/core/know/advisory/range-text.ts';
import type { AdvisoryReport } from '../../../../server/src/core/know/advisory/reports/advisory-report.ts';
import { mergeReports } from '../../../../server/src/core/know/advisory/reports/merge-reports.ts';
import { reportedAdvisory } from '../../../../server/src/core/know/advisory/reports/reported-advisory.ts';
import { interval, report } from './reports.ts';

function with_(range: string, facts: Partial<AdvisoryReport> = {}): AdvisoryReport {
  return report({ intervals: range.split(' || ').map(interval), ...facts });
}

/** Returns the range, with `?` after a part without its end; the same for the reports in any order. */
function merged(...reports: readonly AdvisoryReport[]): string {
  const texts = [reports, reports.toReversed()].map((each) => {
    const { intervals } = mergeReports(each);
    return intervals.map((part) => rangeText([part]) + (part.end === 'lost' ? ' ?' : '')).join(' || ');
  });
  assert.equal(texts[0], texts[1]);
  return texts[0]!;
}

describe('ranges of the same thing', () => {
  test('all count, and what meets becomes one', () => {
    const a = with_('>=1.0.0 <2.0.0 || >=4.0.0 <4.1.0');
    const b = with_('>=1.5.0 <3.0.0', { ids: ['CVE-2024-0002'] });
    assert.equal(merged(a, b), '>=1.0.0 <3.0.0 || >=4.0.0 <4.1.0');
    assert.equal(merged(with_('>=1.0.0 <2.0.0 || >=2.0.0 <3.0.0')), '>=1.0.0 <3.0.0');
    assert.equal(merged(with_('>=1.0.0 <2.0.0 || >2.0.0 <3.0.0')), '>=1.0.0 <2.0.0 || >2.0.0 <3.0.0');
    assert.equal(merged(with_('>=1.0.0-rc.1 <1.0.0 || >=1.0.0-rc.0')), '>=1.0.0-rc.0');
  });

  test('those that GitHub has reviewed go before others', () => {
    const reviewed = with_('>=1.0.0 <2.0.0', { ids: ['GHSA-2222-2222-2222'], isReviewed: true });
    const other = with_('<9.0.0', { ids: ['CVE-2024-0001'] });
    assert.equal(merged(reviewed, other), '>=1.0.0 <2.0.0');
    const silent = report({ ids: ['GHSA-2222-2222-2222'], isReviewed: true });
    assert.equal(merged(silent, other), '<9.0.0');
  });

  test('an older state of the same record does not count', () => {
    const old = with_('<9.0.0', { modified: '2024-01-01' });
    const fresh = with_('<2.0.0', { modified: '2024-02-01' });
    assert.equal(merged(old, fresh), '<2.0.0');
  });
});

describe('a range whose end is lost', () => {
  const lost = with_('>=1.0.0 ?', { isReviewed: true });

  test('stays so by itself', () => {
    assert.equal(merged(lost), '>=1.0.0 ?');
    assert.equal(merged(lost, report({ ids: ['CVE-2024-0002'] })), '>=1.0.0 ?');
  });

  test('ends where another report of the same thing does', () => {
    assert.equal(merged(lost, with_('>=2.0.0 <3.0.0', { ids: ['X-1'] })), '>=1.0.0 <3.0.0');
    assert.equal(merged(lost, with_('>=2.0.0', { ids: ['X-1'] })), '>=1.0.0');
  });

  test('holds what another lists, up to its last, and of later ones nothing is known', () => {
    const listing = report({ ids: ['X-1'], versions: ['1.4.0', '1.2.0'] });
    assert.equal(merged(lost, listing), '>=1.0.0 <=1.4.0 || >1.4.0 ?');
    const advisory = reportedAdvisory(mergeReports([lost, listing]), 'bundled');
    const verdicts = ['0.9.0', '1.0.0', '1.4.0', '1.4.1', '1.4.1-rc.1'].map((each) => advisory.affects(each));
    assert.deepEqual(verdicts, ['no', 'yes', 'yes', 'unknown', 'unknown']);
  });

  test('stays so where the other ends before it starts, or is in the same report', () => {
    assert.equal(merged(lost, with_('<0.5.0', { ids: ['X-1'] })), '<0.5.0 || >=1.0.0 ?');
    assert.equal(merged(with_('<0.5.0 || >=1.0.0 ?')), '<0.5.0 || >=1.0.0 ?');
  });
});

describe('malware', () => {
  const isMalware = true;
  const everything = with_('', { ids: ['MAL-2024-1'], isMalware });

  test('of which only some versions are named is not all versions', () => {
    assert.equal(merged(everything), '*');
    assert.equal(merged({ ...everything, versions: ['1.0.1'] }), '1.0.1');
    assert.equal(merged(everything, report({ ids: ['GHSA-2222-2222-2222'], versions: ['1.0.1'] })), '1.0.1');
    assert.equal(merged(everything, with_('>=1.0.0 <1.0.2', { ids: ['X-1'] })), '>=1.0.0 <1.0.2');
    assert.equal(merged(everything, with_('', { ids: ['X-1'], isMalware, isReviewed: true })), '*');
  });

  test('of which the end is lost is what is named otherwise', () => {
    const lost = with_(' ?', { ids: ['GHSA-2222-2222-2222'], isMalware, isReviewed: true });
    assert.equal(merged(lost), '* ?');
    assert.equal(merged(lost, report({ ids: ['X-1'], versions: ['3.3.6'] })), '3.3.6');
    assert.equal(merged(lost, everything), '*');
  });

  test('makes the whole thing malware, and critical', () => {
    const { severity, isMalware: whole } = mergeReports([report({ severity: 'low' }), everything]);
    assert.deepEqual([severity, whole], ['critical', true]);
  });
});

describe('facts of the same thing', () => {
  test('ids are in the order in which they are known, those of records first', () => {
    const mal = report({ ids: ['MAL-2024-1', 'GHSA-2222-2222-2222', 'X-1'] });
    const ghsa = report({ ids: ['GHSA-3333-3333-3333', 'CVE-2024-0001'] });
    const { ids } = mergeReports([mal, ghsa]);
    assert.deepEqual(ids, [
      'GHSA-3333-3333-3333',
      'GHSA-2222-2222-2222',
      'MAL-2024-1',
      'CVE-2024-0001',
      'X-1',
    ]);
  });

  test('what GitHub has reviewed says more than others, and others what it does not', () => {
    const reviewed = report({
      isReviewed: true,
      severity: 'high',
      published: '2024-02-01',
      modified: '2024-02-01',
    });
    const other = report({
      ...{ ids: ['X-1'], severity: 'low', score: 9.8, cwes: ['CWE-79'] },
      ...{ published: '2024-01-01', modified: '2024-03-01' },
    });
    const { severity, score, cwes, published, modified } = mergeReports([other, reviewed]);
    assert.deepEqual([severity, score, cwes], ['high', 9.8, ['CWE-79']]);
    assert.deepEqual([published, modified], ['2024-01-01', '2024-03-01']);
  });
});
