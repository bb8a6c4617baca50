import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readOsv } from '../../../../server/src/core/know/advisory/osv/read-osv.ts';
import { rangeText } from '../../../../server/src/core/know/advisory/range-text.ts';
import type { AdvisoryReport } from '../../../../server/src/core/know/advisory/reports/advisory-report.ts';
import { advisoryOf } from '../../../../server/src/core/know/advisory/reports/reported-advisory.ts';

/** Returns a record about `shelf` with this `affected`, and other members. */
function record(affected: object | readonly object[], others: object = {}): object {
  const list = Array.isArray(affected) ? (affected as readonly object[]) : [affected];
  const at = { ecosystem: 'npm', name: 'shelf' };
  return { id: 'GHSA-2222-3333-4444', affected: list.map((each) => ({ package: at, ...each })), ...others };
}

function events(...list: readonly object[]): { readonly ranges: readonly object[] } {
  return { ranges: [{ type: 'SEMVER', events: list }] };
}

function onlyReport(value: unknown): AdvisoryReport {
  const { reports, problem } = readOsv(value);
  assert.equal(problem, undefined);
  assert.equal(reports.length, 1);
  return reports[0]!;
}

function rangeOf(value: unknown): string {
  return advisoryOf(onlyReport(value), 'osv').range;
}

describe('affected versions', () => {
  test('one range with many pairs, several ranges and several entries are the same', () => {
    const [a, b] = [{ introduced: '0' }, { fixed: '1.2.0' }];
    const [c, d] = [{ introduced: '2.0.0' }, { fixed: '2.0.5' }];
    const expected = '<1.2.0 || >=2.0.0 <2.0.5';
    assert.equal(rangeOf(record(events(a, b, c, d))), expected);
    assert.equal(rangeOf(record({ ranges: [...events(a, b).ranges, ...events(c, d).ranges] })), expected);
    assert.equal(rangeOf(record([events(a, b), events(c, d)])), expected);
  });

  test('events count in the order of their versions, also where two are written as one', () => {
    assert.equal(rangeOf(record(events({ fixed: '1.10.0' }, { introduced: '1.9.0' }))), '>=1.9.0 <1.10.0');
    assert.equal(rangeOf(record(events({ introduced: '1.0.0', fixed: '1.1.0' }))), '>=1.0.0 <1.1.0');
    assert.equal(
      rangeOf(record(events({ introduced: '0' }, { fixed: '1.0.0' }, { fixed: '2.0.0' }))),
      '<1.0.0',
    );
  });

  test('a last affected version is affected', () => {
    assert.equal(
      rangeOf(record(events({ introduced: '1.0.0' }, { last_affected: '1.4.0' }))),
      '>=1.0.0 <=1.4.0',
    );
    assert.equal(rangeOf(record(events({ introduced: '1.0.0' }, { last_affected: '1.0.0' }))), '1.0.0');
  });

  test('prereleases and short versions are bounds as well', () => {
    const range = rangeOf(record(events({ introduced: '15.1.0-canary.0' }, { fixed: '15.1.0-canary.7' })));
    assert.equal(range, '>=15.1.0-canary.0 <15.1.0-canary.7');
    assert.equal(rangeOf(record(events({ introduced: '1' }, { fixed: '1.2' }))), '>=1.0.0 <1.2.0');
  });

  test('nothing from the highest limit on is affected', () => {
    assert.equal(rangeOf(record(events({ introduced: '1.0.0' }, { limit: '2.0.0' }))), '>=1.0.0 <2.0.0');
    assert.equal(rangeOf(record(events({ introduced: '1.0.0' }, { limit: '*' }))), '>=1.0.0');
    const pairs = [{ introduced: '1.0.0' }, { fixed: '1.5.0' }, { introduced: '3.0.0' }, { limit: '2.0.0' }];
    assert.equal(rangeOf(record(events(...pairs))), '>=1.0.0 <1.5.0');
  });

  test('listed versions join the ranges', () => {
    const both = {
      ...events({ introduced: '2.0.0' }, { fixed: '2.1.0' }),
      versions: ['1.0.0', '2.0.3', '2.1.0'],
    };
    assert.equal(rangeOf(record(both)), '1.0.0 || >=2.0.0 <=2.1.0');
  });

  test('a listed version that is none is affected as it is written', () => {
    const advisory = advisoryOf(onlyReport(record({ versions: ['latest-2', '1.0.0'] })), 'osv');
    assert.equal(advisory.range, '1.0.0');
    assert.equal(advisory.affects('latest-2'), 'yes');
    assert.equal(advisory.affects('latest-3'), 'unknown');
  });

  test('other ecosystems, and ranges of commits, do not count', () => {
    const other = { package: { ecosystem: 'PyPI', name: 'shelf' }, versions: ['1.0.0'] };
    assert.deepEqual(readOsv(record(other)), { reports: [], withdrawn: undefined, problem: undefined });
    const commits = { ranges: [{ type: 'GIT', events: [{ introduced: 'abc' }] }], versions: ['1.0.0'] };
    assert.equal(rangeOf(record(commits)), '1.0.0');
  });

  test('each package has a report of its own', () => {
    const of = (name: string) => ({ package: { ecosystem: 'npm', name }, versions: ['1.0.0'] });
    const { reports } = readOsv(record([of('a'), of('__proto__'), of('a')]));
    assert.deepEqual(
      reports.map((report) => report.package),
      ['a', '__proto__'],
    );
  });
});

describe('where a range ends', () => {
  test('without an end, all later versions are affected', () => {
    assert.equal(rangeOf(record(events({ introduced: '0' }))), '*');
    assert.equal(rangeOf(record(events({ introduced: '1.0.0' }))), '>=1.0.0');
  });

  test('where the source lost it, nobody knows', () => {
    const lost = {
      ...events({ introduced: '1.0.0' }),
      database_specific: { upper_bound: 'unknown-in-source' },
    };
    const advisory = advisoryOf(onlyReport(record(lost)), 'osv');
    assert.equal(advisory.isUnbounded, true);
    assert.equal(advisory.affects('0.9.0'), 'no');
    assert.equal(advisory.affects('1.0.0'), 'unknown');
    assert.equal(advisory.affects('1.0.1-rc.1'), 'unknown');
  });

  test('an end that is there is none that was lost', () => {
    const pair = events({ introduced: '0' }, { fixed: '1.0.0' });
    const advisory = advisoryOf(
      onlyReport(record({ ...pair, database_specific: { upper_bound: 'unknown-in-source' } })),
      'osv',
    );
    assert.equal(advisory.isUnbounded, false);
    assert.equal(advisory.affects('0.9.0'), 'yes');
  });

  test("GitHub's last known version is one", () => {
    const open = (range: string, introduced = '0') =>
      rangeOf(
        record({
          ...events({ introduced }),
          database_specific: { last_known_affected_version_range: range },
        }),
      );
    assert.equal(open('<= 1.4.2'), '<=1.4.2');
    assert.equal(open('< 1.4.2'), '<1.4.2');
    assert.equal(open('whatever'), '*');
    assert.equal(open('<= 1.4.2', '2.0.0'), '>=2.0.0');
  });
});

describe('facts', () => {
  const affected = { versions: ['1.0.0'] };

  test('ids, dates and weaknesses', () => {
    const report = onlyReport(
      record(affected, {
        aliases: ['cve-2024-1', 'GHSA-2222-3333-4444', 7, 'a b'],
        published: '2024-01-02T03:04:05Z',
        modified: '2024-02-03',
        database_specific: { cwe_ids: ['CWE-79', 'CWE-79', 'CWE-x'], severity: 'MEDIUM' },
      }),
    );
    assert.deepEqual(report.ids, ['GHSA-2222-3333-4444', 'CVE-2024-1']);
    assert.deepEqual([report.published, report.modified], ['2024-01-02', '2024-02-03']);
    assert.deepEqual(report.cwes, ['CWE-79']);
    assert.equal(report.severity, 'moderate');
    assert.equal(report.isMalware, false);
    assert.equal(report.isReviewed, true);
  });

  test('a severity that is missing follows from the newest vector', () => {
    const scores: Readonly<Record<string, number>> = { 'CVSS:3.1/a': 9.1, 'CVSS:4.0/b': 5.3 };
    const severity = [
      { type: 'CVSS_V3', score: 'CVSS:3.1/a' },
      { type: 'CVSS_V4', score: 'CVSS:4.0/b' },
    ];
    const rated = (list: readonly object[], others: object = {}) => {
      const [report] = readOsv(
        record(affected, { severity: list, ...others }),
        (vector) => scores[vector],
      ).reports;
      return [report!.severity, report!.score];
    };
    assert.deepEqual(rated(severity), ['moderate', 5.3]);
    assert.deepEqual(rated(severity.slice(0, 1)), ['critical', 9.1]);
    assert.deepEqual(rated([{ type: 'CVSS_V3', score: 'CVSS:3.1/x' }]), [undefined, undefined]);
    assert.deepEqual(rated(severity, { database_specific: { severity: 'LOW' } }), ['low', 5.3]);
    assert.deepEqual(rated([], { affected: [{ ...affected, package: PACKAGE, severity }] }), [
      'moderate',
      5.3,
    ]);
  });

  const PACKAGE = { ecosystem: 'npm', name: 'shelf' };

  test('malware is what an id, a weakness, its source or its title says is malware', () => {
    const isMalware = (others: object) => onlyReport(record(affected, others)).isMalware;
    for (const others of [
      { id: 'MAL-2024-1' },
      { aliases: ['MAL-2024-1'] },
      { database_specific: { cwe_ids: ['CWE-506'] } },
      { database_specific: { 'malicious-packages-origins': [] } },
      { summary: 'Malware in shelf' },
      { summary: 'shelf is malware' },
      { summary: 'Malicious Package in shelf' },
      { summary: 'Malicious versions of shelf were published' },
      { summary: 'Embedded malware in shelf' },
      { summary: 'Embedded Malicious Code in flatmap-stream' },
    ]) {
      assert.equal(isMalware(others), true, JSON.stringify(others));
    }
    for (const summary of [
      'Malicious PDF files run scripts',
      'Uploading malicious code is possible',
      undefined,
    ]) {
      assert.equal(isMalware({ summary }), false, summary);
    }
    assert.equal(onlyReport(record(affected, { id: 'MAL-2024-1' })).severity, 'critical');
  });
});

describe('what is no report', () => {
  test('a record that was taken back', () => {
    const reading = readOsv(record({ versions: ['1.0.0'] }, { withdrawn: '2024-01-01T00:00:00Z' }));
    assert.deepEqual(reading, { reports: [], withdrawn: 'GHSA-2222-3333-4444', problem: undefined });
  });

  test('what is no record', () => {
    for (const value of [undefined, null, 7, 'x', [], {}, { id: 7 }, { id: 'a b' }, { id: 'GHSA-x' }]) {
      const { reports, problem } = readOsv(value);
      assert.deepEqual(reports, []);
      assert.equal(typeof problem, 'string', JSON.stringify(value));
    }
  });

  test('hostile records give what can be read of them, and a problem', () => {
    for (const affected of [
      { ranges: 'x' },
      { ranges: [7] },
      { ranges: [{ type: 'SEMVER', events: [{ introduced: 'not a version' }] }] },
      { ranges: [{ type: 'SEMVER', events: [{}] }] },
      { ranges: [{ type: 'SEMVER', events: 'x' }] },
      { versions: { length: 3 } },
      { versions: [7] },
      { package: { ecosystem: 'npm', name: 7 } },
      { package: { ecosystem: 'npm', name: 'x'.repeat(1000) } },
    ]) {
      assert.equal(typeof readOsv(record(affected)).problem, 'string', JSON.stringify(affected));
    }
    assert.equal(typeof readOsv(record({ versions: Array(60_000).fill('1.0.0') })).problem, 'string');
  });

  test('a range that cannot be read leaves every version open', () => {
    for (const ranges of [
      'all',
      [null],
      [{ type: 'NPM', events: [] }],
      [{ type: 'SEMVER', events: 'from 0' }],
      [{ type: 'SEMVER', events: [{ introduced: 'first' }, { fixed: '1.5.0' }] }],
    ]) {
      const { reports, problem } = readOsv(record({ ranges }));
      assert.equal(problem, 'some of its versions cannot be read');
      assert.equal(advisoryOf(reports[0]!, 'osv').affects('1.2.0'), 'unknown', JSON.stringify(ranges));
    }
  });

  test('an event that cannot be read takes the ends of its range away', () => {
    const list = [{ introduced: '1.0.0' }, { fixed: '1.5.x' }, { introduced: '2.0.0' }, { fixed: '2.1.0' }];
    const { reports } = readOsv(record(events(...list)));
    const advisory = advisoryOf(reports[0]!, 'osv');
    assert.equal(advisory.affects('1.2.0'), 'unknown');
    assert.equal(advisory.affects('0.1.0'), 'no');
    assert.equal(rangeText(reports[0]!.intervals), '>=1.0.0');
  });
});
