import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TAKEOVERS } from '../../../../server/src/core/know/registry/releases/takeovers.ts';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';
import { documentOf, lockOf, manifestOf, strippedOf } from './releases.ts';

const RULE = 'maintainer-alert';
const prettier = documentOf(
  {
    '9.1.0': { at: '2023-12-02', by: 'jounqin' },
    '10.1.5': { at: '2025-05-08', by: 'jounqin' },
    '10.1.8': { at: '2025-07-18T18:00:00.000Z', by: 'jounqin' },
  },
  {
    // An unpublished version keeps its time.
    time: {
      created: '2017-01-29T10:00:00.000Z',
      '9.1.0': '2023-12-02T10:00:00.000Z',
      '10.1.5': '2025-05-08T10:00:00.000Z',
      '10.1.6': '2025-07-18T15:00:00.000Z',
      '10.1.7': '2025-07-18T15:30:00.000Z',
      '10.1.8': '2025-07-18T18:00:00.000Z',
    },
  },
);
const registry = { 'eslint-config-prettier': prettier };

async function said(source: string, documents: Readonly<Record<string, object>>) {
  const workspace = await openWorkspace(source, { registry: documents });
  return workspace.findings(RULE).map(({ severity, message }) => `${severity}: ${message}`);
}

describe('maintainer-alert', () => {
  test('a version of the time of the takeover, though the registry has it no more', async () => {
    await expectMarks(
      `${manifestOf(`    "eslint-config-prettier": "^10.1.5"
                              ^^^^^^^^^ maintainer-alert: eslint-config-prettier 10.1.7 was published on 18 Jul 2025, when JounQin was compromised, and is known to be malicious (GHSA-f29h-pxvx-f335). Use 10.1.8, and treat machines that ran it as compromised.`)}-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "eslint-config-prettier": "^10.1.5" } },
    "node_modules/eslint-config-prettier": {
      "version": "10.1.7"
    }
  }
}
`,
      { registry },
    );
  });

  test('the clean versions of the same day, and those before, are silent', async () => {
    for (const version of ['10.1.8', '10.1.5', '9.1.0']) {
      assert.deepEqual(await said(manifestOf(`    "eslint-config-prettier": "${version}"`), registry), []);
    }
  });

  test('another package that the account published at that time is a warning', async () => {
    const other = documentOf({
      '1.0.0': { at: '2024-01-01', by: 'jounqin' },
      '1.0.1': { at: '2025-07-18T16:00:00.000Z', by: 'JounQin' },
      '1.0.2': { at: '2025-07-18T16:00:00.000Z', by: 'somebody-else' },
    });
    const [finding, ...rest] = await said(
      manifestOf('    "other": "1.0.1",\n    "second": "npm:other@1.0.2"'),
      {
        other,
      },
    );
    assert.equal(
      finding,
      'warning: other 1.0.1 was published on 18 Jul 2025, when JounQin was compromised (GHSA-f29h-pxvx-f335). Use 1.0.0, or make sure that it is clean.',
    );
    assert.deepEqual(rest, []);
  });

  test('a clean release of the day by another account: chalk', async () => {
    const chalk = documentOf({
      '5.6.0': { at: '2025-08-17', by: 'sindresorhus' },
      '5.6.1': { at: '2025-09-08T13:13:00.000Z', by: 'qix' },
      '5.6.2': { at: '2025-09-08T15:40:00.000Z', by: 'sindresorhus' },
    });
    assert.deepEqual(await said(manifestOf('    "chalk": "5.6.2"'), { chalk }), []);
    assert.match(
      (await said(manifestOf('    "chalk": "5.6.1"'), { chalk }))[0] ?? '',
      /^error: chalk 5\.6\.1 .*\. Use 5\.6\.0,/,
    );
  });

  test('a bad version that is the newest is information for who has another', async () => {
    const axios = documentOf({
      '1.14.0': { at: '2026-02-01', by: 'jasonsaayman' },
      '1.14.1': { at: '2026-03-31T00:21:00.000Z', by: 'jasonsaayman' },
    });
    assert.deepEqual(await said(manifestOf('    "axios": "1.14.0"'), { axios }), [
      'information: axios 1.14.1, the latest version, was published on 31 Mar 2026, when the maintainer of axios was compromised (GHSA-fw8c-xr5c-95f9). Do not update to it.',
    ]);
  });

  test('without a time, or with one of another day, nothing is said', async () => {
    const source =
      manifestOf('    "eslint-config-prettier": "^10.1.5"') +
      lockOf('eslint-config-prettier', '^10.1.5', '10.1.7');
    assert.deepEqual(await said(source, { 'eslint-config-prettier': strippedOf(prettier, ['time']) }), []);
    const moved = {
      ...prettier,
      time: { '10.1.5': '2025-01-01T00:00:00Z', '10.1.7': '2026-01-01T00:00:00Z' },
    };
    assert.deepEqual(await said(source, { 'eslint-config-prettier': moved }), []);
  });

  test('pins the clean version of the same line', async () => {
    const after = await fixOf(
      manifestOf('    "eslint-config-prettier": "10.1.6"'),
      RULE,
      /^Replace with "eslint-config-prettier": "10\.1\.8"$/,
      { registry },
    );
    assert.equal(after, manifestOf('    "eslint-config-prettier": "10.1.8"'));
  });

  test('the list itself: times in order, nothing both bad and good, ids of advisories', () => {
    for (const { from, to, bad, good, account, advisory } of TAKEOVERS) {
      assert.ok(Date.parse(from) < Date.parse(to));
      assert.ok(Object.keys(bad).length > 0);
      for (const [name, versions] of Object.entries(bad)) {
        for (const version of versions) assert.ok(!good[name]?.includes(version), `${name} ${version}`);
      }
      assert.equal(account, account?.toLowerCase());
      if (advisory !== undefined) assert.match(advisory, /^GHSA(?:-[a-z0-9]{4}){3}$/);
    }
  });
});
