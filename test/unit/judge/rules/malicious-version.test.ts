import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace, type WorkspaceOptions } from '../../../workspace.ts';
import { osv } from './osv.ts';
import { documentOf, lockOf, manifestOf } from './releases.ts';

const RULE = 'malicious-version';
const ADVICE = 'Treat machines that installed it as compromised and rotate credentials from a clean machine.';

const AXIOS = osv('MAL-2026-2307', 'axios', '', {
  versions: ['1.14.1', '0.30.4'],
  aliases: ['GHSA-fw8c-xr5c-95f9'],
});
const CRYPTO = osv('MAL-2026-2306', 'plain-crypto-js', '0');

async function said(source: string, advisories: readonly object[], options: WorkspaceOptions = {}) {
  const workspace = await openWorkspace(source, { advisories, ...options });
  return workspace.findings(RULE).map(({ severity, message }) => `${severity}: ${message}`);
}

const AXIOS_LOCKED = `-- package.json --
{
  "dependencies": {
    "axios": "^1.14.0"
             ^^^^^^^^^ malicious-version: axios 1.14.1 is malware (GHSA-fw8c-xr5c-95f9). Remove it. ${ADVICE}
  }
}
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "axios": "^1.14.0" } },
    "node_modules/axios": {
      "version": "1.14.1",
      "dependencies": { "plain-crypto-js": "^4.2.1" }
    },
    "node_modules/plain-crypto-js": {
      "version": "4.2.1"
                 ^^^^^^^ malicious-version: plain-crypto-js 4.2.1 is malware (MAL-2026-2306). Pulled in by axios. Remove it. ${ADVICE}
    }
  }
}
`;

describe('malicious-version', () => {
  test('a locked version, and in the lockfile what it pulls in', () =>
    expectMarks(AXIOS_LOCKED, { advisories: [AXIOS, CRYPTO] }));

  test('is labelled "development" where it is, and not where a front end ships it', async () => {
    const lock = (dependencies: object) =>
      JSON.stringify({
        lockfileVersion: 3,
        packages: {
          '': { dependencies, devDependencies: { axios: '1.14.1' } },
          'node_modules/axios': { version: '1.14.1', dev: true },
          ...('left' in dependencies ? { 'node_modules/left': { version: '1.0.0' } } : {}),
        },
      });
    const messageWith = async (dependencies: object) => {
      const manifest = JSON.stringify({ dependencies, devDependencies: { axios: '1.14.1' } });
      const source = `-- package.json --\n${manifest}\n-- package-lock.json --\n${lock(dependencies)}\n`;
      return (await said(source, [AXIOS])).join();
    };
    assert.match(await messageWith({ left: '1.0.0' }), /^error: axios 1\.14\.1 \(development\) is malware/);
    assert.match(await messageWith({}), /^error: axios 1\.14\.1 is malware/);
  });

  test('clean versions of the same name are silent, and keep their other advisories', async () => {
    const real = osv('GHSA-2222-2222-2222', 'axios', '0 1.15.0');
    for (const version of ['1.14.0', '1.14.2', '0.30.3']) {
      const source = manifestOf(`    "axios": "${version}"`) + lockOf('axios', version, version);
      assert.deepEqual(await said(source, [AXIOS, real]), [], version);
      const workspace = await openWorkspace(source, { advisories: [AXIOS, real] });
      assert.equal(workspace.findings('vulnerable-dependency').length, 1, version);
    }
  });

  test('an exact version without a lockfile, an alias by its target', async () => {
    await expectMarks(
      manifestOf(`    "http": "npm:axios@1.14.1"
            ^^^^^^^^^^^^^^^^^^ malicious-version: axios 1.14.1 is malware (GHSA-fw8c-xr5c-95f9). Remove it. ${ADVICE}`),
      { advisories: [AXIOS] },
    );
  });

  test('a hijacked version names the first clean one after it', async () => {
    const source = manifestOf('    "fsevents": "1.2.9"');
    const record = osv('GHSA-3333-3333-3333', 'fsevents', '1.0.0 1.2.11', { cwe: 'CWE-506' });
    assert.deepEqual(await said(source, [record]), [
      `error: fsevents 1.2.9 is malware (GHSA-3333-3333-3333). Move to 1.2.11 or later. ${ADVICE}`,
    ]);
  });

  test('a range: what would be installed now; what it only begins with is a warning', async () => {
    const source = manifestOf('    "axios": "^1.14.0"');
    const served = documentOf({ '1.14.0': { at: '2026-01-01' }, '1.14.1': { at: '2026-03-31' } });
    assert.deepEqual(await said(source, [AXIOS], { registry: { axios: served } }), [
      `error: "^1.14.0" takes axios 1.14.1 now, which is malware (GHSA-fw8c-xr5c-95f9). Declare a clean version. ${ADVICE}`,
    ]);
    const removed = documentOf({ '1.14.0': { at: '2026-01-01' } });
    assert.deepEqual(await said(source, [AXIOS], { registry: { axios: removed } }), []);
    assert.deepEqual(await said(source, [AXIOS]), []);
    assert.deepEqual(await said(manifestOf('    "axios": "^1.14.1"'), [AXIOS]), [
      `warning: "^1.14.1" may resolve to axios 1.14.1, which is malware (GHSA-fw8c-xr5c-95f9). Declare a clean version. ${ADVICE}`,
    ]);
  });

  test('a range of which no clean version is known is an error', async () => {
    const source = manifestOf('    "lodahs": "^1.0.0"');
    const all = osv('MAL-2025-11111', 'lodahs', '0', { cwe: 'CWE-506' });
    const one = osv('MAL-2025-11111', 'lodahs', '', { versions: ['1.0.0'], cwe: 'CWE-506' });
    for (const record of [all, one]) {
      assert.match(
        (await said(source, [record]))[0]!,
        /^error: "\^1\.0\.0" may resolve to lodahs 1\.0\.0, which is malware /,
      );
    }
    const fixed = osv('GHSA-2222-2222-2222', 'lodahs', '0.9.0 1.0.1');
    assert.match((await said(source, [one, fixed]))[0]!, /^warning: /);
  });

  test('a report of all versions: of a package that hardly anybody has it is believed', async () => {
    const source = manifestOf('    "plain-crypto-js": "4.2.1"');
    assert.match((await said(source, [CRYPTO]))[0]!, /^error: plain-crypto-js 4\.2\.1 is malware /);
  });

  test('a report of all versions of a widely used package is a warning, unless another names the bad ones', async () => {
    const all = osv('MAL-2025-47141', 'lodash', '0', { aliases: ['GHSA-qjqf-7j6f-82c4'] });
    const source = manifestOf('    "lodash": "4.17.21"');
    assert.deepEqual(await said(source, [all]), [
      'warning: GHSA-qjqf-7j6f-82c4 calls every version of lodash malware, which is doubtful for such a widely used package. Check by hand whether lodash 4.17.21 is meant.',
    ]);
    const few = documentOf({ '4.17.21': { at: '2021-02-01' } });
    assert.match(
      (await said(source, [all], { registry: { lodash: few } }))[0]!,
      /^error: lodash 4\.17\.21 is malware /,
    );
    const exact = osv('GHSA-qjqf-7j6f-82c4', 'lodash', '', { versions: ['4.17.22'], cwe: 'CWE-506' });
    assert.deepEqual(await said(source, [all, exact]), []);
    assert.equal((await said(manifestOf('    "lodash": "4.17.22"'), [all, exact])).length, 1);
  });

  test('a withdrawn report, and one on a name that is private here', async () => {
    const source = manifestOf('    "axios": "1.14.1"');
    assert.deepEqual(await said(source, [{ ...AXIOS, withdrawn: '2026-04-01T00:00:00Z' }]), []);
    const policy = '-- dependency-hygiene.json --\n{ "internalNames": ["axios"] }\n';
    assert.deepEqual(await said(source + policy, [AXIOS]), []);
  });

  test('is accepted for one exact version only', async () => {
    const ignoring = (ignore: object) =>
      `-- dependency-hygiene.json --\n${JSON.stringify({ ignores: [{ rule: RULE, package: 'axios', reason: 'a sample', expires: '2027-01-01', ...ignore }] })}\n`;
    const source = manifestOf('    "axios": "1.14.1"');
    assert.equal((await said(source + ignoring({}), [AXIOS])).length, 1);
    assert.deepEqual(await said(source + ignoring({ version: '1.14.1' }), [AXIOS]), []);
  });

  test('half-typed text, and nothing known', async () => {
    assert.deepEqual(
      await said('-- package.json --\n{\n  "dependencies": {\n    "axios": "1.14.1', [AXIOS]),
      [],
    );
    assert.deepEqual((await openWorkspace(manifestOf('    "axios": "1.14.1"'))).findings(RULE), []);
  });

  test('the alert about the maintainer and the missing version say nothing beside it', async () => {
    const prettier = documentOf(
      {
        '10.1.5': { at: '2025-05-08', by: 'jounqin' },
        '10.1.8': { at: '2025-07-18T18:00:00.000Z', by: 'jounqin' },
      },
      {
        time: {
          '10.1.5': '2025-05-08T10:00:00.000Z',
          '10.1.7': '2025-07-18T15:30:00.000Z',
          '10.1.8': '2025-07-18T18:00:00.000Z',
        },
      },
    );
    const source =
      manifestOf('    "eslint-config-prettier": "^10.1.5"') +
      lockOf('eslint-config-prettier', '^10.1.5', '10.1.7');
    const registry = { 'eslint-config-prettier': prettier };
    const rules = async (advisories: readonly object[]) => {
      const found = (await openWorkspace(source, { registry, advisories })).findings();
      const about = new Set(found.map(({ rule }) => rule));
      return ['malicious-version', 'maintainer-alert', 'version-unavailable'].filter((rule) =>
        about.has(rule),
      );
    };
    const malware = osv('MAL-2025-6022', 'eslint-config-prettier', '', { versions: ['10.1.6', '10.1.7'] });
    assert.deepEqual(await rules([]), ['maintainer-alert', 'version-unavailable']);
    assert.deepEqual(await rules([malware]), ['malicious-version']);
  });

  test('offers the nearest version that nothing is known against', async () => {
    const axios = documentOf({
      '1.13.0': { at: '2025-12-01' },
      '1.14.0': { at: '2026-01-01' },
      '1.15.0': { at: '2026-05-01' },
    });
    const real = osv('GHSA-2222-2222-2222', 'axios', '1.15.0 1.16.0');
    const options = { registry: { axios } };
    const source = (version: string) => manifestOf(`    "axios": "${version}"`);
    assert.equal(
      await fixOf(source('1.14.1'), RULE, /^Replace the malware axios 1\.14\.1: axios → /, {
        ...options,
        advisories: [AXIOS],
      }),
      source('1.15.0'),
    );
    assert.equal(
      await fixOf(source('1.14.1'), RULE, /axios.* 1\.14\.0/, { ...options, advisories: [AXIOS, real] }),
      source('1.14.0'),
    );
  });

  test('offers to remove or replace a declaration of which no clean version is known', async () => {
    const all = (name: string) => osv('MAL-2025-11111', name, '0', { cwe: 'CWE-506' });
    const source = (...lines: readonly string[]) =>
      manifestOf(lines.map((line) => `    ${line}`).join(',\n'));
    const misspelled = source('"lodahs": "^1.0.0"', '"react": "^19.0.0"');
    const react = source('"react": "^19.0.0"');
    const options = { advisories: [all('lodahs'), all('plain-crypto-js')] };
    assert.equal(
      await fixOf(misspelled, RULE, /^Replace with "lodash"/, options),
      source('"lodash": "^1.0.0"', '"react": "^19.0.0"'),
    );
    assert.equal(await fixOf(misspelled, RULE, /^Remove "lodahs"/, options), react);
    const named = source('"plain-crypto-js": "4.2.1"', '"react": "^19.0.0"');
    assert.equal(await fixOf(named, RULE, /^Remove "plain-crypto-js"$/, options), react);
    // A version that is clean is the better fix.
    const one = osv('MAL-2025-11111', 'lodahs', '', { versions: ['1.0.0'], cwe: 'CWE-506' });
    const lodahs = documentOf({ '0.9.0': { at: '2025-12-01' }, '1.0.0': { at: '2026-01-01' } });
    await assert.rejects(
      fixOf(source('"lodahs": "1.0.0"'), RULE, /^Remove /, { advisories: [one], registry: { lodahs } }),
    );
  });
});
