import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AdvisoryIndex } from '../../../../server/src/core/know/advisory/advisory-index.ts';
import { buildIndex } from '../../../../server/src/core/know/advisory/build-index.ts';
import { checksum } from '../../../../server/src/core/know/advisory/index-format/checksum.ts';
import { HEADER, SUMMED_FROM } from '../../../../server/src/core/know/advisory/index-format/layout.ts';
import { nameHash } from '../../../../server/src/core/know/advisory/index-format/name-hash.ts';
import { openIndex } from '../../../../server/src/core/know/advisory/open-index.ts';
import type { AdvisoryReport } from '../../../../server/src/core/know/advisory/reports/advisory-report.ts';
import { mergeReports } from '../../../../server/src/core/know/advisory/reports/merge-reports.ts';
import { ReportedAdvisory } from '../../../../server/src/core/know/advisory/reports/reported-advisory.ts';
import { randomFrom } from '../../../fuzz/random.ts';
import { interval, report } from './reports.ts';

const AS_OF = Date.UTC(2026, 10, 24);

function bytesOf(reports: readonly AdvisoryReport[], withdrawn: readonly string[] = []): Uint8Array {
  return buildIndex({ reports, withdrawn, records: reports.length, asOf: AS_OF });
}

function indexOf(reports: readonly AdvisoryReport[], withdrawn?: readonly string[]): AdvisoryIndex {
  const opened = openIndex(bytesOf(reports, withdrawn), 'database');
  assert.ok('index' in opened);
  return opened.index;
}

/** A report with everything that it may contain. */
const ODD: readonly AdvisoryReport[] = [
  report({
    ids: [
      'GHSA-xvch-5gv4-984h',
      'MAL-2025-190925',
      'CVE-2021-0001',
      'CVE-2021-123456',
      'NSWG-ECO-7',
      'GHSA-aaaa-0000-1111',
    ],
    severity: 'moderate',
    score: 6.1,
    cwes: ['CWE-79', 'CWE-1321'],
    isReviewed: true,
    published: '2000-01-01',
    modified: '2026-11-24',
    intervals: [
      '<0.2.4',
      '>=1.0.0-rc.1 <=1.2.3-beta.7',
      '>2.0.0 <3.0.0',
      '>=9007199254740991.0.0',
      '>=400000.1.1 ?',
    ].map(interval),
    versions: ['not a version', 'ünïcode', 'x'.repeat(200)],
  }),
  report({ ids: ['X'], package: 'a', intervals: [interval('')] }),
  report({
    ids: ['MAL-1989-1'],
    package: '@scope/b',
    isMalware: true,
    severity: 'critical',
    intervals: [interval(' ?')],
  }),
  report({
    ids: ['CVE-2021-1'],
    package: '__proto__',
    versions: ['1.0.0', '1.0.1', '1.0.3-a', '20261126.0.0'],
  }),
  report({ ids: ['CVE-2021-01'], package: 'Größe' }),
  report({ ids: ['y'], package: 'n'.repeat(214), published: '1999-12-31' }),
];

describe('what is written is read', () => {
  test('with all its facts', () => {
    const index = indexOf(ODD);
    for (const each of ODD) {
      const [advisory, ...others] = index.of(each.package);
      assert.deepEqual(others, []);
      assert.ok(advisory instanceof ReportedAdvisory);
      const expected = mergeReports([each]);
      // The days of records begin with the year 2000.
      const published = each.published === '1999-12-31' ? undefined : expected.published;
      assert.deepEqual(advisory.report, { ...expected, published });
    }
    assert.deepEqual([...index.names()].sort(), ODD.map((each) => each.package).sort());
    assert.deepEqual([index.asOf, index.records, index.packages, index.source], [AS_OF, 6, 6, 'database']);
  });

  test('in the same bytes, in whichever order it is given', () => {
    assert.deepEqual(bytesOf(ODD), bytesOf(ODD.toReversed()));
  });

  test('of names with the same hash, each with its own', () => {
    const names = ['1i128xy-10', '1d3jmux-85'];
    assert.equal(nameHash(names[0]!), nameHash(names[1]!));
    const reports = names.map((name, at) => report({ package: name, ids: [`X-${at}`] }));
    const index = indexOf(reports);
    assert.deepEqual(
      names.map((name) => index.of(name).map(({ id }) => id)),
      [['X-0'], ['X-1']],
    );
    assert.deepEqual([...index.names()], names.toSorted());
    assert.deepEqual(bytesOf(reports), bytesOf(reports.toReversed()));
  });

  test('with the mark of the byte order that a hostile name begins with', () => {
    const name = '\ufeffshelf';
    const index = indexOf([report({ package: name })]);
    assert.deepEqual([[...index.names()], index.of(name).length, index.of('shelf').length], [[name], 1, 0]);
  });

  test('with the first and the last day of all reports, also of days that an index cannot hold', () => {
    const merged = indexOf([
      report({ ids: ['A'], published: '2020-01-01', modified: '2021-01-01' }),
      report({ ids: ['B', 'A'], published: '1999-12-31', modified: '2021-02-01' }),
    ]).of('shelf');
    assert.deepEqual(
      merged.map(({ id, published, modified }) => [id, published, modified]),
      [['A', undefined, '2021-02-01']],
    );
  });

  test('with nothing in it as well', () => {
    const index = indexOf([]);
    assert.deepEqual([index.of('a'), index.affecting('', ''), [...index.names()]], [[], [], []]);
  });

  test('with its title, but for malware, and how far it can be relied on', () => {
    const [advisory] = indexOf([report({ title: 'Wörds', quality: 'partial', isLow: true })]).of('shelf');
    assert.deepEqual([advisory!.title, advisory!.quality, advisory!.isLow], ['Wörds', 'partial', true]);
    const [malware] = indexOf([report({ title: 'Words', isMalware: true })]).of('shelf');
    assert.deepEqual([malware!.title, malware!.quality, malware!.isLow], [undefined, 'complete', false]);
  });

  test('of bytes that begin anywhere in memory', () => {
    const bytes = bytesOf(ODD);
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    const opened = openIndex(shifted, 'bundled');
    assert.ok('index' in opened && opened.index.of('a').length === 1);
  });
});

describe('what is asked', () => {
  test('is answered by name, and nothing else', () => {
    const names = Array.from({ length: 3000 }, (_, at) => `${at % 2 === 0 ? '@s/' : ''}name-${at}`);
    const index = indexOf(
      names.map((name, at) => report({ package: name, ids: [`X-${at}`], versions: [`1.0.${at}`] })),
    );
    for (const [at, name] of names.entries()) {
      assert.deepEqual(
        index.affecting(name, `1.0.${at}`).map(({ id }) => id),
        [`X-${at}`],
      );
      assert.deepEqual(index.affecting(name, `1.0.${at + 1}`), []);
      assert.deepEqual(index.of(`${name}x`), []);
      assert.deepEqual(
        index.of(name.slice(0, -1) || 'x').filter(({ package: of }) => of === name),
        [],
      );
    }
    for (const name of ['', 'constructor', 'toString', 'name-1\0', 'NAME-1', '@s/', 'é'])
      assert.deepEqual(index.of(name), [], name);
  });

  test('gives the worst first, and the same objects again', () => {
    const index = indexOf([
      report({ ids: ['CVE-2024-0001'], severity: 'low', intervals: [interval('')] }),
      report({ ids: ['CVE-2024-0002'], severity: 'critical', intervals: [interval('')] }),
      report({ ids: ['CVE-2024-0003'], isMalware: true, versions: ['1.0.0'] }),
      report({ ids: ['CVE-2024-0000'], severity: 'critical', intervals: [interval('>=2.0.0')] }),
    ]);
    const ids = index
      .of('shelf')
      .map(({ id }) => id.at(-1))
      .join('');
    assert.equal(ids, '3021');
    assert.equal(
      index
        .affecting('shelf', '1.0.0')
        .map(({ id }) => id.at(-1))
        .join(''),
      '321',
    );
    assert.equal(index.affecting('shelf', '1.0.0')[0], index.of('shelf')[0]);
  });

  test('reports of one thing are one, also where only a record about another package says so', () => {
    const index = indexOf([
      report({ ids: ['MAL-2024-1'], versions: ['1.0.0'] }),
      report({ ids: ['GHSA-2222-2222-2222'], intervals: [interval('<1.0.0')] }),
      report({ ids: ['X-1', 'MAL-2024-1', 'GHSA-2222-2222-2222'], package: 'other', versions: ['1.0.0'] }),
    ]);
    const [advisory, ...others] = index.of('shelf');
    assert.deepEqual(others, []);
    assert.deepEqual([advisory!.id, advisory!.aliases], ['GHSA-2222-2222-2222', ['MAL-2024-1']]);
    assert.deepEqual(
      index.of('other').map(({ id, aliases }) => [id, ...aliases].sort().join()),
      ['GHSA-2222-2222-2222,MAL-2024-1,X-1'],
    );
  });

  test('what was taken back is known by its id', () => {
    const index = indexOf([], ['MAL-2024-1', 'X-9']);
    assert.deepEqual(
      ['MAL-2024-1', 'X-9', 'MAL-2024-2'].map((id) => index.isWithdrawn(id)),
      [true, true, false],
    );
  });
});

describe('what is no index is refused', () => {
  const bytes = bytesOf(ODD);
  const problemOf = (given: Uint8Array) => {
    const opened = openIndex(given, 'database');
    return 'problem' in opened ? opened.problem : undefined;
  };
  const changed = (at: number, byte: number) => bytes.with(at, byte);

  test('with its reason', () => {
    assert.equal(problemOf(new Uint8Array()), 'it is not an advisory index');
    assert.equal(problemOf(new TextEncoder().encode('{"id":"x"}'.repeat(20))), 'it is not an advisory index');
    assert.equal(problemOf(bytes.subarray(0, -1)), 'it is not complete');
    assert.equal(problemOf(changed(HEADER.format, 0)), 'an older version of dephygiene wrote it');
    assert.equal(problemOf(changed(HEADER.format, 99)), 'a newer version of dephygiene wrote it');
    assert.equal(problemOf(Uint8Array.from([...bytes, 0])), 'it is not complete');
  });

  test('wherever a byte is another one, or it ends', () => {
    for (let at = 0; at < bytes.length; at++) {
      assert.ok(problemOf(changed(at, bytes[at]! ^ (1 << (at % 8)))) !== undefined, `byte ${at}`);
      assert.ok(problemOf(bytes.subarray(0, at)) !== undefined, `the first ${at} bytes`);
    }
  });
});

test('whatever bytes bear the right checksum, nothing throws', () => {
  const good = bytesOf(ODD, ['MAL-2024-1']);
  const { below, chance } = randomFrom(7);
  for (let round = 0; round < 3000; round++) {
    const bytes = good.slice();
    for (let changes = 1 + below(4); changes > 0; changes--) {
      const at = SUMMED_FROM + below(bytes.length - SUMMED_FROM);
      bytes[at] = chance(0.3) ? 255 : below(256);
    }
    new DataView(bytes.buffer).setUint32(HEADER.checksum, checksum(bytes, SUMMED_FROM), true);
    const opened = openIndex(bytes, 'database');
    if ('problem' in opened) continue;
    const { index } = opened;
    const names = [...ODD.map((each) => each.package), ...[...index.names()].slice(0, 20)];
    for (const name of names) {
      for (const advisory of index.of(name)) {
        for (const version of ['1.0.0', '1.0.0-rc.1', 'none', '20261126.0.0']) advisory.affects(version);
        void [
          advisory.id,
          advisory.aliases,
          advisory.range,
          advisory.fixedIn,
          advisory.cwes,
          advisory.published,
        ];
        void [advisory.severity, advisory.score, advisory.isUnbounded, advisory.modified];
      }
      index.affecting(name, '1.0.0');
    }
    index.isWithdrawn('x');
  }
});
