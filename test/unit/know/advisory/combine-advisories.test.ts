import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Advisory, AdvisorySource } from '../../../../server/src/core/know/advisory/advisory.ts';
import type { AdvisoryLayer } from '../../../../server/src/core/know/advisory/advisory-layer.ts';
import { buildIndex } from '../../../../server/src/core/know/advisory/build-index.ts';
import { bulkAdvisories } from '../../../../server/src/core/know/advisory/bulk/bulk-advisories.ts';
import { readBulkAdvisories } from '../../../../server/src/core/know/advisory/bulk/bulk-answer.ts';
import { openIndex } from '../../../../server/src/core/know/advisory/open-index.ts';
import { readOsv } from '../../../../server/src/core/know/advisory/osv/read-osv.ts';
import { combineAdvisories } from '../../../../server/src/core/know/advisory/reports/combine-advisories.ts';

const GHSA = 'GHSA-2222-3333-4444';
const CVE = 'CVE-2026-1000';
const MAL = 'MAL-2026-1000';

interface RecordOptions {
  readonly id?: string;
  readonly aliases?: readonly string[];
  readonly events?: readonly object[];
  readonly versions?: readonly string[];
  readonly lost?: boolean;
  readonly severity?: string;
  readonly cwes?: readonly string[];
  readonly withdrawn?: string;
}

function record({
  id = GHSA,
  aliases = [],
  events,
  versions,
  lost,
  severity,
  cwes,
  withdrawn,
}: RecordOptions) {
  const ranges = events === undefined ? [] : [{ type: 'SEMVER', events }];
  const affected = {
    package: { ecosystem: 'npm', name: 'it' },
    ranges,
    ...(versions === undefined ? {} : { versions }),
    ...(lost === true ? { database_specific: { upper_bound: 'unknown-in-source' } } : {}),
  };
  const specific = { severity: severity ?? 'HIGH', cwe_ids: cwes ?? ['CWE-79'] };
  return { id, aliases, affected: [affected], database_specific: specific, withdrawn };
}

/** Returns an index of one source. */
function index(source: AdvisorySource, ...records: readonly object[]): AdvisoryLayer {
  const readings = records.map((each) => readOsv(each));
  const result = openIndex(
    buildIndex({
      reports: readings.flatMap(({ reports }) => reports),
      records: records.length,
      withdrawn: readings.flatMap(({ withdrawn }) => withdrawn ?? []),
      asOf: undefined,
    }),
    source,
  );
  assert.ok('index' in result);
  return result.index;
}

/** Returns a registry that was asked about these versions, with its answers. */
function live(asked: readonly string[], ...ranges: readonly object[]): AdvisoryLayer {
  const of = (name: string) => (name === 'it' ? bulkAdvisories('it', readBulkAdvisories(ranges)!) : []);
  return {
    source: 'registry',
    of,
    affecting: (name, version) => of(name).filter((advisory) => advisory.affects(version) === 'yes'),
    answered: (name, version) => name === 'it' && asked.includes(version),
  };
}

const range = (vulnerable: string, more: object = {}) => ({
  id: 7,
  url: `https://advisories.example.test/${GHSA}`,
  title: 'It runs what it should show',
  severity: 'critical',
  vulnerable_versions: vulnerable,
  cwe: ['CWE-79'],
  cvss: { score: 9.1, vectorString: null },
  ...more,
});

const fixedIn = (version: string) => [{ introduced: '0' }, { fixed: version }];

describe('advisories of several sources', () => {
  const combine = (...layers: readonly AdvisoryLayer[]) => combineAdvisories(layers);
  const only = (...layers: readonly AdvisoryLayer[]): Advisory => {
    const advisories = combine(...layers).of('it');
    assert.equal(advisories.length, 1);
    return advisories[0]!;
  };

  test('are none without a source, and those of the only one', () => {
    assert.deepEqual(combine().of('it'), []);
    const layer = index('bundled', record({ events: fixedIn('1.2.0') }));
    assert.equal(combine(layer).of('it')[0], layer.of('it')[0]);
    assert.deepEqual(combine(layer, live([])).of('other'), []);
  });

  test('are those that name malware versions, beside a careless list that has the whole package', () => {
    const NSWG = 'NSWG-ECO-477';
    const careless = {
      ...record({ id: NSWG, events: [{ introduced: '0' }], cwes: [] }),
      summary: 'Embedded Malicious Code in it',
    };
    const named = record({ versions: ['1.0.0'], cwes: ['CWE-506'] });
    for (const layers of [
      [index('bundled', careless, named)],
      [index('bundled', careless, named), index('database', careless)],
    ]) {
      const known = combine(...layers);
      const idsAt = (version: string) => known.affecting('it', version).map(({ id }) => id);
      assert.deepEqual([idsAt('1.0.0'), idsAt('1.0.1')], [[GHSA], []]);
      assert.deepEqual(
        known.of('it').map(({ id }) => id),
        [GHSA],
      );
    }
    assert.deepEqual(only(index('bundled', careless)).id, NSWG);
    const weakness = record({ versions: ['1.0.0'] });
    assert.equal(combine(index('bundled', careless, weakness)).of('it').length, 2);
  });

  test('are one where they have an id in common, over any number of steps', () => {
    const advisory = only(
      index('bundled', record({ id: MAL, aliases: [CVE], events: fixedIn('1.2.0') })),
      index('database', record({ id: GHSA, aliases: [CVE], events: fixedIn('1.2.0') })),
      live(['1.0.0'], range('<1.2.0')),
    );
    assert.deepEqual([advisory.id, advisory.aliases], [GHSA, ['7', CVE, MAL]]);
    assert.equal(advisory.source, 'registry');
    assert.equal(advisory.isMalware, true, 'one of them says so');
    assert.equal(advisory.title, 'It runs what it should show');
  });

  test('are one where the registry knows no CVE and the record nothing else, but all the rest is the same', () => {
    const bundled = index('bundled', record({ id: CVE, events: fixedIn('1.2.0') }));
    assert.deepEqual(only(bundled, live(['1.0.0'], range('<1.2.0'))).aliases, ['7', CVE]);
    const count = (...ranges: readonly object[]) =>
      combine(bundled, live(['1.0.0'], ...ranges)).of('it').length;
    assert.equal(count(range('<1.3.0')), 2, 'another range');
    assert.equal(count(range('<1.2.0', { cwe: ['CWE-400'] })), 2, 'another weakness');
    assert.equal(count(range('<1.2.0', { url: null })), 2, 'no GHSA id');
    const both = index(
      'bundled',
      record({ id: 'GHSA-2222-3333-5555', aliases: [CVE], events: fixedIn('1.2.0') }),
    );
    assert.equal(combine(both, live(['1.0.0'], range('<1.2.0'))).of('it').length, 2, 'another GHSA id');
  });

  test('have the range of the registry for the versions that it was asked about', () => {
    const bundled = index('bundled', record({ events: fixedIn('2.0.0') }));
    const advisory = only(bundled, live(['1.0.0', '1.5.0'], range('<1.2.0')));
    assert.deepEqual(
      ['1.0.0', '1.5.0', '1.6.0', '2.0.0'].map((version) => advisory.affects(version)),
      ['yes', 'no', 'yes', 'no'],
      'it was not asked about 1.6.0',
    );
    assert.deepEqual([advisory.range, advisory.severity, advisory.score], ['<1.2.0', 'critical', 9.1]);
    const affecting = combine(bundled, live(['1.5.0'], range('<1.2.0'))).affecting('it', '1.5.0');
    assert.deepEqual(affecting, []);
  });

  test('keep the lines of versions that the registry was not asked about', () => {
    const events = [...fixedIn('1.2.0'), { introduced: '2.0.0' }, { fixed: '2.3.0' }];
    const advisory = only(index('bundled', record({ events })), live(['1.0.0'], range('<1.2.0')));
    assert.equal(advisory.affects('2.1.0'), 'yes');
    assert.equal(advisory.range, '<1.2.0 || <2.3.0 >=2.0.0');
  });

  test('of which the registry says nothing stay: a mirror that knows none says nothing too', () => {
    const layers = [index('bundled', record({ events: fixedIn('1.2.0') })), live(['1.0.0'])];
    assert.equal(combineAdvisories(layers).affecting('it', '1.0.0').length, 1);
    assert.equal(only(...layers).affects('1.0.0'), 'yes');
  });

  test('whose end was lost are certain where the registry confirms them, and not there where it does not', () => {
    const lost = index('bundled', record({ events: [{ introduced: '0' }], lost: true }));
    assert.deepEqual([only(lost).affects('1.0.0'), only(lost).isUnbounded], ['unknown', true]);
    const confirmed = only(lost, live(['1.0.0', '1.5.0'], range('<1.2.0')));
    assert.deepEqual(
      ['1.0.0', '1.5.0', '3.0.0'].map((version) => confirmed.affects(version)),
      ['yes', 'no', 'unknown'],
    );
    assert.equal(confirmed.isUnbounded, false);
    assert.deepEqual(
      ['1.0.0', '3.0.0'].map((version) => only(lost, live(['1.0.0'])).affects(version)),
      ['no', 'unknown'],
    );
    const bounded = index('database', record({ events: fixedIn('1.2.0') }));
    assert.deepEqual(
      ['1.0.0', '3.0.0'].map((version) => only(lost, bounded).affects(version)),
      ['yes', 'no'],
    );
  });

  test('of malware are judged by those that name versions, not by those that mean all', () => {
    const exact = index(
      'bundled',
      record({ id: MAL, aliases: [GHSA], versions: ['1.4.1'], cwes: ['CWE-506'] }),
    );
    const all = live(['1.4.0', '1.4.1'], range('>=0', { cwe: ['CWE-506'] }));
    const advisory = only(exact, all);
    assert.deepEqual(
      ['1.4.0', '1.4.1', '2.0.0'].map((version) => advisory.affects(version)),
      ['no', 'yes', 'no'],
    );
    assert.deepEqual([advisory.isMalware, advisory.severity], [true, 'critical']);
    const everything = index('bundled', record({ id: MAL, aliases: [GHSA], events: [{ introduced: '0' }] }));
    assert.equal(only(everything, all).affects('1.4.0'), 'yes', 'nobody names any');
    const known = only(everything, live(['1.4.0', '1.4.1'], range('=1.4.1', { cwe: ['CWE-506'] })));
    assert.deepEqual([known.affects('1.4.1'), known.affects('1.4.0')], ['yes', 'no']);
  });

  test('of malware under different ids are one where one source lists versions and another means all', () => {
    const listed = index('bundled', record({ id: 'INCIDENT-x', cwes: ['CWE-506'], versions: ['1.4.1'] }));
    const everything = index('database', record({ id: MAL, events: [{ introduced: '0' }] }));
    const advisory = only(listed, everything);
    assert.deepEqual([advisory.affects('1.4.1'), advisory.affects('1.4.2')], ['yes', 'no']);
    const all = combine(
      index('bundled', record({ id: 'LIST-x', cwes: ['CWE-506'], events: [{ introduced: '0' }] })),
      everything,
    );
    assert.equal(all.affecting('it', '1.4.2').length, 2);
  });

  test('that a newer source has taken back are gone', () => {
    const bundled = index('bundled', record({ events: fixedIn('1.2.0') }));
    const withdrawn = record({ events: fixedIn('1.2.0'), withdrawn: '2026-10-01T00:00:00Z' });
    const layers = [bundled, index('database', withdrawn)];
    assert.deepEqual(combineAdvisories(layers).of('it'), []);
    assert.deepEqual(combineAdvisories(layers).affecting('it', '1.0.0'), []);
    assert.equal(
      combineAdvisories(layers.toReversed()).of('it').length,
      1,
      'an older one takes nothing back',
    );
  });

  test('without a severity are high where only the registry knows them', () => {
    const unrated = range('<1.2.0', { severity: undefined });
    assert.equal(only(live(['1.0.0'], unrated)).severity, 'high');
    const low = index('bundled', record({ events: fixedIn('1.2.0'), severity: 'LOW' }));
    assert.equal(only(low, live(['1.0.0'], unrated)).severity, 'low');
  });

  test('come worst first, each range of the registry joined to its advisory', () => {
    const other = 'GHSA-2222-3333-5555';
    const layer = live(
      ['1.0.0'],
      range('<0.2.4', { url: `/${other}`, severity: 'low' }),
      range('<1.2.0'),
      range('>=2.0.0 <2.3.0', { id: 8 }),
    );
    const advisories = combineAdvisories([layer]).of('it');
    assert.deepEqual(
      advisories.map(({ id, aliases, fixedIn, range: text }) => [id, aliases, fixedIn, text]),
      [
        [GHSA, ['7', '8'], ['1.2.0', '2.3.0'], '<1.2.0 || >=2.0.0 <2.3.0'],
        [other, ['7'], ['0.2.4'], '<0.2.4'],
      ],
    );
  });
});
