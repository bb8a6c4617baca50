import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nameHash } from '../../../../server/src/core/know/advisory/index-format/name-hash.ts';
import { createPackedReports } from '../../../../server/src/core/know/advisory/reports/packed-reports.ts';
import { interval, report } from './reports.ts';

describe('reports as bytes', () => {
  test('are read as they came, with the titles of vulnerabilities, whatever their days are', () => {
    const all = [
      report({
        ids: ['GHSA-xvch-5gv4-984h', 'CVE-2021-44906', 'X'],
        package: '@größe/x',
        severity: 'high',
        score: 9.8,
        cwes: ['CWE-1321'],
        isReviewed: true,
        title: 'Words of others',
        published: '1999-12-31',
        modified: '2021-02-31',
        intervals: ['<0.2.4', '>=1.0.0-rc.1 <=1.2.3', '>=4.0.0 <=4.0.0', '>=5.0.0 ?'].map(interval),
        versions: ['1.0.0', '\ufeffnone'],
      }),
      report({ ids: ['MAL-2026-1'], isMalware: true, severity: 'critical', intervals: [interval('')] }),
    ];
    const packed = createPackedReports();
    packed.add(all[0]!);
    packed.add({ ...all[1]!, title: 'Malware in shelf' });
    assert.deepEqual([packed.read(0), packed.read(1)], all);
  });

  test('come by the hashes of their names, and those of a name in their order', () => {
    const packed = createPackedReports();
    const names = ['b', 'a', 'c', 'b', 'a', 'b'];
    for (const [at, name] of names.entries()) packed.add(report({ package: name, ids: [`X-${at}`] }));
    const all = [...packed.byHash()];
    assert.deepEqual(
      all.map(([hash]) => hash),
      ['a', 'b', 'c'].map(nameHash).sort((a, b) => a - b),
    );
    const numbersOf = (name: string) => all.find(([hash]) => hash === nameHash(name))?.[1];
    assert.deepEqual([numbersOf('a'), numbersOf('b'), numbersOf('c')], [[1, 4], [0, 3, 5], [2]]);
    assert.deepEqual([...createPackedReports().byHash()], []);
  });
});
