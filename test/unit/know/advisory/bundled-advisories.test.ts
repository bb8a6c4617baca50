import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { knownFix } from '../../../../server/src/core/judge/exposure/clearing-version.ts';
import { npmRange } from '../../../../server/src/core/know/advisory/osv/npm-range.ts';
import { compareAdvisories } from '../../../../server/src/core/know/advisory/reports/compare-advisories.ts';
import { bundledIndex } from './bundled-index.ts';

const FILE = join(import.meta.dirname, '../../../../server/data/advisories.bin');

test('it holds what it is to hold, in at most 2 MB packed', () => {
  const index = bundledIndex();
  assert.ok(index.packages > 30_000);
  assert.ok(index.records > 25_000);
  assert.equal(index.asOf, Date.UTC(2026, 8, 10));
  assert.equal(index.completeTo, Date.UTC(2024, 10, 25));
  assert.equal([...index.names()].length, index.packages);
  assert.ok(gzipSync(readFileSync(FILE)).length < 2_000_000);
  assert.ok(statSync(FILE).size < 2_500_000);
});

test('every advisory can be read; a vulnerability has its title, malware none', () => {
  const index = bundledIndex();
  for (const name of index.names()) {
    const advisories = index.of(name);
    assert.ok(advisories.length > 0, name);
    assert.deepEqual(advisories, advisories.toSorted(compareAdvisories), name);
    for (const { id, aliases, package: of, title, range, severity, isMalware, source } of advisories) {
      assert.match(id, /^[A-Z]+-[\w.-]+$/);
      assert.ok(!aliases.includes(id));
      assert.deepEqual([of, source], [name, 'bundled']);
      assert.equal(title === undefined, isMalware, `${name} ${id}`);
      assert.ok(range === '' || npmRange(range).parts.length > 0, `${name} ${range}`);
      if (isMalware) assert.equal(severity, 'critical');
    }
  }
});

test('known hijacked releases are malware, and those before and after are not', () => {
  const index = bundledIndex();
  const isMalware = (name: string, version: string) =>
    index.affecting(name, version).some((advisory) => advisory.isMalware);
  assert.equal(isMalware('event-stream', '3.3.6'), true);
  assert.equal(isMalware('event-stream', '3.3.5'), false);
  assert.equal(isMalware('@ctrl/tinycolor', '4.1.1'), true);
  assert.equal(isMalware('@ctrl/tinycolor', '4.2.0'), false);
  assert.equal(isMalware('colors', '1.4.44-liberty-2'), true);
  assert.equal(isMalware('colors', '1.4.0'), false);
  assert.equal(isMalware('getcookies', '1.0.0'), true);
});

test('advisories that only name each other stay apart, with the ranges of each', () => {
  const index = bundledIndex();
  const idsOn = (name: string, version: string) => index.affecting(name, version).map(({ id }) => id);
  const ofLodash = idsOn('lodash', '4.17.21');
  assert.ok(ofLodash.includes('GHSA-r5fr-rjxr-66jc') && !ofLodash.includes('GHSA-35jh-r3h4-6jhm'));
  assert.deepEqual(
    [idsOn('netmask', '1.0.6').length, idsOn('netmask', '1.1.0').length, idsOn('netmask', '2.0.1').length],
    [2, 1, 0],
  );
  assert.ok(!idsOn('path-to-regexp', '1.8.0').includes('GHSA-37ch-88jc-xwx2'));
});

test('a list that is made carelessly does not decide where axios is fixed', () => {
  const index = bundledIndex();
  const advisories = { of: (name: string) => index.of(name), affecting: () => [], sources: [] };
  assert.ok(index.affecting('axios', '0.33.0').every(({ isLow }) => isLow));
  assert.deepEqual(knownFix(advisories, 'axios', '0.32.0'), { state: 'fixed', version: '0.33.0' });
});

test('a recorded answer of the bulk endpoint is partial', () => {
  const [advisory] = bundledIndex().of('parseuri');
  assert.equal(advisory?.quality, 'partial');
});
