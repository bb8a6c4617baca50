import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openWorkspace, type WorkspaceOptions } from '../../../workspace.ts';
import { osv } from './osv.ts';
import { documentOf, manifestOf } from './releases.ts';
import { LODASH, RULE, said } from './vulnerable-workspaces.ts';

describe('vulnerable-dependency: where nothing is locked', () => {
  test('what would be installed now, where the registry is known', async () => {
    const lodash = documentOf({ '4.17.19': { at: '2020-01-01' }, '4.17.20': { at: '2020-08-01' } });
    const later = documentOf({ '4.17.20': { at: '2020-08-01' }, '4.17.21': { at: '2021-02-01' } });
    const source = manifestOf('    "lodash": "^4.17.19"');
    assert.deepEqual(await said(source, [LODASH], { registry: { lodash } }), [
      'error: lodash 4.17.20, which "^4.17.19" takes now, has a high vulnerability: code injection (GHSA-35jh-r3h4-6jhm), fixed in 4.17.21, which the registry does not list. Replace it, or accept it with a reason.',
    ]);
    assert.deepEqual(await said(source, [LODASH], { registry: { lodash: later } }), []);
  });

  test('else the highest version in the range that is known to exist, as information', async () => {
    assert.deepEqual(await said(manifestOf('    "lodash": "~4.17.19 <4.17.21"'), [LODASH]), [
      'information: "~4.17.19 <4.17.21" may resolve to lodash 4.17.19, which has a high vulnerability: code injection (GHSA-35jh-r3h4-6jhm), fixed in 4.17.21. Commit a lockfile, or raise the range.',
    ]);
    for (const range of ['*', '4.x', '>=4', '^4.17.19', '^4.17.21', 'latest']) {
      assert.deepEqual(await said(manifestOf(`    "lodash": "${range}"`), [LODASH]), [], range);
    }
  });

  test('advises no other range where none is known to be fixed', async () => {
    const open = osv('GHSA-2222-2222-2222', 'a', '0');
    assert.match(
      (await said(manifestOf('    "a": "~1.0.0 <1.0.5"'), [open]))[0]!,
      /, no fix known\. Replace it, or accept it with a reason\.$/,
    );
  });

  test('a registry that does not answer leaves it at that, and counts as not checked', async () => {
    const range = '~4.17.19 <4.17.21';
    const workspace = await openWorkspace(manifestOf(`    "lodash": "${range}"`), {
      ...{ advisories: [LODASH], registry: { lodash: 500 } },
    });
    assert.match(workspace.findings(RULE)[0]!.message, / may resolve to lodash 4\.17\.19, /);
    const { notChecked } = workspace.snapshot.diagnose(workspace.uri('package.json'));
    assert.ok(notChecked.some(({ rule, packages }) => rule === RULE && packages.includes('lodash')));
  });

  test('later versions are named where the fixed one is unknown', async () => {
    const source = manifestOf('    "lodash": "4.17.19"');
    const partial = {
      ...LODASH,
      database_specific: { severity: 'HIGH', source: 'a bulk-advisory response' },
    };
    const ask = (registry?: WorkspaceOptions['registry']) =>
      said(source, [partial], registry === undefined ? {} : { registry });
    assert.match((await ask())[0]!, /, fixed version unknown\. Replace it, or accept it with a reason\.$/);
    const served = documentOf({ '4.17.19': {}, '4.17.21': {}, '4.18.0': {}, '5.0.0-rc.1': {} });
    assert.match(
      (await ask({ lodash: served }))[0]!,
      /, fixed version unknown \(later versions: 4\.17\.21 to 4\.18\.0\)\. /,
    );
  });

  test('a fixed version that the registry does not list is no advice', async () => {
    const source = manifestOf('    "lodash": "4.17.19"');
    const listing = (...versions: readonly string[]) =>
      documentOf(Object.fromEntries(versions.map((version) => [version, {}])));
    const withRegistry = async (lodash: object, advisories: readonly object[] = [LODASH]) =>
      (await said(source, advisories, { registry: { lodash } }))[0]!;
    assert.match(
      await withRegistry(listing('4.17.19', '4.17.20')),
      /, fixed in 4\.17\.21, which the registry does not list\. Replace it, or accept it with a reason\.$/,
    );
    assert.match(
      await withRegistry(listing('4.17.19', '4.17.22', '4.18.0')),
      /, fixed in 4\.17\.21\. 4\.17\.22 has no known vulnerabilities\. Update it\.$/,
    );
    assert.match(
      await withRegistry(listing('4.17.19', '4.17.21', '4.17.22')),
      /, fixed in 4\.17\.21\. Update it\.$/,
    );
    const both = [LODASH, osv('GHSA-2222-2222-2222', 'lodash', '0 4.17.20')];
    assert.match(
      await withRegistry(listing('4.17.19', '4.17.20'), both),
      /\. Fixed in 4\.17\.21, which the registry does not list\. Replace it/,
    );
    assert.match(
      await withRegistry(listing('4.17.19', '4.17.20', '4.18.0'), both),
      /\. 4\.18\.0 fixes all\. Update it\.$/,
    );
  });

  test('a release is advised instead of the prerelease with the fix', async () => {
    const source = manifestOf('    "updater": "6.1.7"');
    const advisory = osv('GHSA-2222-2222-2222', 'updater', '0 6.3.0-alpha.6');
    const updater = documentOf({ '6.1.7': {}, '6.3.0-alpha.6': {}, '6.3.0': {}, '6.3.1': {} });
    assert.match(
      (await said(source, [advisory], { registry: { updater } }))[0]!,
      /, fixed in 6\.3\.0-alpha\.6\. 6\.3\.0 has no known vulnerabilities\. Update it\.$/,
    );
  });

  test('while a lockfile cannot be read, only exact versions are judged', async () => {
    const source = (declared: string) =>
      `${manifestOf(`    "lodash": "${declared}"`)}-- package-lock.json --\n{ nonsense\n`;
    assert.deepEqual(await said(source('^4.17.19'), [LODASH]), []);
    assert.equal((await said(source('4.17.19'), [LODASH])).length, 1);
  });
});
