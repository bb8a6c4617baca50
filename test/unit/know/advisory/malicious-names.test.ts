import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rangeText } from '../../../../server/src/core/know/advisory/range-text.ts';
import { readIncidents, readMaliciousNames } from '../../../../server/tools/advisories/malicious-names.ts';

function names(...rows: readonly string[]) {
  const table = ['name\tversions\tsource_ids\tfirst_date\tsources', ...rows].join('\n');
  return readMaliciousNames(`${table}\n`).map(({ ids, package: of, intervals, versions, published }) => [
    ...[of, ids.join(), intervals.map((each) => rangeText([each])).join(' || '), versions.join(), published],
  ]);
}

test('names are malware in every version, or in those that are named', () => {
  assert.deepEqual(names('a\t*\tMAL-2024-1,GHSA-2222-2222-2222\t2024-01-02\tx'), [
    ['a', 'MAL-2024-1,GHSA-2222-2222-2222', '*', '', '2024-01-02'],
  ]);
  assert.deepEqual(names('a\t1.0.0 || >=2.0.0 <2.0.2 || 3.0.0-a\tGHSA-2222-2222-2222\t2024-01\tx'), [
    ['a', 'GHSA-2222-2222-2222', '>=2.0.0 <2.0.2', '1.0.0,3.0.0-a', undefined],
  ]);
});

test('a list without ids gives its name, and one without a licence nothing', () => {
  assert.deepEqual(names('a\t*\tDD\t\tx'), [['a', 'DATADOG-dataset', '*', '', undefined]]);
  assert.deepEqual(names('a\t*\tLIST:confudb2025+neupane2023\t\tx'), [
    ['a', 'TYPOSQUAT-neupane2023', '*', '', undefined],
  ]);
  assert.deepEqual(names('a\t*\tLIST:confudb2025\t\tx'), []);
});

test('exact versions of incidents are left to their own table', () => {
  assert.deepEqual(names('a\t1.0.0\tINC:x\t2024-01-01\tx'), []);
  assert.deepEqual(names('a\t1.0.0 || >=1.1.0 <1.1.2\tCVE-2024-1,INC:x\t2024-01-01\tx'), [
    ['a', 'CVE-2024-1', '>=1.1.0 <1.1.2', '', '2024-01-01'],
  ]);
});

test('rows of an incident are one report a package and id', () => {
  const table = [
    'campaign\tdate\tname\tversion\tsource',
    'x\t2024-01-01\ta\t1.0.0\tlist',
    'x\t2024-01-01\ta\t1.0.1\tlist',
  ];
  const rows = ['x\t2024-01-01\tb\t2.0.0 || 2.0.1\tGHSA-2222-2222-2222,CVE-2024-1', 'y\t2024-01\tc\t*\t'];
  const reports = readIncidents(`${[...table, ...rows].join('\n')}\n`);
  assert.deepEqual(
    reports.map(({ ids, package: of, versions, intervals, published, isMalware }) => [
      ...[of, ids.join(), versions.join(), intervals.length, published, isMalware],
    ]),
    [
      ['a', 'INCIDENT-x', '1.0.0,1.0.1', 0, '2024-01-01', true],
      ['b', 'GHSA-2222-2222-2222,CVE-2024-1,INCIDENT-x', '2.0.0,2.0.1', 0, '2024-01-01', true],
      ['c', 'INCIDENT-y', '', 1, undefined, true],
    ],
  );
});
