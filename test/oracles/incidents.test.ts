import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import semver from 'semver';
import { isOfDependency } from '../../server/tools/advisories/retire-records.ts';
import { bundledIndex } from '../unit/know/advisory/bundled-index.ts';
import { advisoryRecords, DATA, tableRows } from './advisory-data.ts';
import { oracleAdvisories } from './advisory-oracle.ts';

const index = bundledIndex();
const incidents = tableRows('compromised-incidents.tsv');
const records = advisoryRecords().filter((record) => !isOfDependency(record));

/** Releases before or after hijacked ones that are known to be clean. */
const CLEAN: Readonly<Record<string, readonly string[]>> = {
  'left-pad': ['1.3.0'],
  'ua-parser-js': ['0.7.30', '0.8.1', '1.0.1'],
  coa: ['2.0.2'],
  rc: ['1.2.8'],
  colors: ['1.4.0'],
  faker: ['5.5.3'],
  'eslint-config-prettier': ['8.10.2', '9.1.0', '9.1.2', '10.1.8'],
  synckit: ['0.8.8'],
  '@ctrl/tinycolor': ['4.2.0'],
  axios: ['1.14.0', '0.30.3'],
  '@velora-dex/sdk': ['9.4.0', '9.4.2'],
  '@mistralai/mistralai': ['2.2.1'],
  'easy-day-js': ['1.11.21'],
  jscrambler: ['8.13.0'],
  '@7nohe/openapi-react-query-codegen': ['3.0.2'],
};

test('what is known to be clean is no malware, and keeps the advisories that it has', () => {
  for (const [name, versions] of Object.entries(CLEAN)) {
    for (const version of versions) {
      const affecting = index.affecting(name, version);
      assert.deepEqual(
        affecting.filter(({ isMalware }) => isMalware),
        [],
        `${name} ${version}`,
      );
    }
  }
});

if (records.length === 0) console.log('no data beside the checkout: only what is bundled is looked at');
else {
  test('the bundled file is what the data gives', () => {
    const tool = join(import.meta.dirname, '../../server/tools/advisories.ts');
    const tables = ['--malicious=malicious-npm.tsv.gz', '--incidents=compromised-incidents.tsv'];
    const files = ['advisories-npm.ndjson.gz', 'malware-osv-npm.ndjson.gz'];
    const args = [
      tool,
      '--check',
      `--as-of=${new Date(index.asOf!).toISOString().slice(0, 10)}`,
      `--complete-to=${new Date(index.completeTo!).toISOString().slice(0, 10)}`,
      ...tables,
      ...files,
    ];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: DATA, encoding: 'utf8' });
    assert.deepEqual([status, stderr], [0, '']);
  });

  test('every row of the table of incidents is malware', () => {
    assert.ok(incidents.length > 5_000);
    const missed = incidents.filter(
      ([, , name = '', version = '']) => !index.affecting(name, version).some(({ isMalware }) => isMalware),
    );
    assert.deepEqual(missed, []);
  });

  test('clean releases have the vulnerabilities that the records say they have', () => {
    const oracle = oracleAdvisories(records);
    let found = 0;
    for (const [name, versions] of Object.entries(CLEAN)) {
      for (const version of versions) {
        const parsed = new semver.SemVer(version);
        const expected = (oracle.get(name) ?? []).filter((each) => each.affects(parsed) === 'yes');
        const ours = index.affecting(name, version);
        assert.equal(ours.length, expected.length, `${name} ${version}`);
        for (const { ids } of expected)
          assert.ok(
            ours.some(({ id }) => ids.has(id)),
            `${name} ${version}`,
          );
        found += ours.length;
      }
    }
    assert.ok(found > 20);
  });

  test('names that are malware as such are so in every version that no record denies', () => {
    const rows = tableRows('malicious-npm.tsv.gz').filter(([, versions]) => versions === '*');
    assert.ok(rows.length > 20_000);
    for (const [name = ''] of rows)
      assert.ok(
        index.of(name).some(({ isMalware }) => isMalware),
        name,
      );
    const bare = rows.filter(([, , ids]) => ids === 'DD');
    assert.ok(bare.length > 5_000);
    for (const [name = ''] of bare) assert.equal(index.affecting(name, '1.2.3')[0]?.isMalware, true, name);
  });
}
