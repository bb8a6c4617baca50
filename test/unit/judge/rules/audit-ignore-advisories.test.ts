import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace, type WorkspaceOptions } from '../../../workspace.ts';
import { osv } from './osv.ts';

const RULE = 'audit-ignore-invalid';
const POLLUTION = 'GHSA-xvch-5gv4-984h';
const OTHER = 'GHSA-vh95-rmgr-6w4m';
const advisories = [
  osv(POLLUTION, 'minimist', '0 0.2.4 1.0.0 1.2.6', { aliases: ['CVE-2021-44906'] }),
  osv(OTHER, 'minimist', '0 0.2.1 1.0.0 1.2.3', { aliases: ['CVE-2020-7598'] }),
];

const npm = (version: string) => `-- package.json --
{ "name": "shop", "dependencies": { "minimist": "${version}" } }
-- package-lock.json --
{
  "name": "shop", "lockfileVersion": 3, "requires": true,
  "packages": {
    "": { "name": "shop", "dependencies": { "minimist": "${version}" } },
    "node_modules/minimist": { "version": "${version}", "integrity": "sha512-x" }
  }
}
`;
const pnpm = (manager: string) => `-- package.json --
{ "name": "shop", "packageManager": "${manager}", "dependencies": { "minimist": "1.2.0" } }
-- pnpm-lock.yaml --
lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      minimist:
        specifier: 1.2.0
        version: 1.2.0

packages:

  minimist@1.2.0:
    resolution: {integrity: sha512-x}

snapshots:

  minimist@1.2.0: {}
`;
const policy = (...entries: readonly object[]) =>
  `-- dependency-hygiene.json --\n${JSON.stringify({ ignores: entries.map((entry) => ({ rule: 'vulnerable-dependency', reason: 'x', expires: '2027-01-01', ...entry })) })}\n`;

async function said(source: string, rule = RULE, options: WorkspaceOptions = { advisories }) {
  const workspace = await openWorkspace(source, options);
  return workspace.findings(rule).map(({ severity, message }) => `${severity}: ${message}`);
}

describe('entries against what is known of the locked versions', () => {
  test('an advisory that affects none of them needs no entry', async () => {
    const unused = (subject: string) => [
      `hint: The entry for ${subject} accepts nothing, as no locked version is affected. Remove it.`,
    ];
    for (const entry of [
      { id: POLLUTION },
      { id: 'cve-2021-44906' },
      { id: POLLUTION, package: 'minimist' },
      { id: POLLUTION, package: 'minimist', version: '1.2.8' },
    ]) {
      const subject = [entry.package, entry.version].filter(Boolean).join(' ');
      const about = subject === '' ? entry.id : `${entry.id} (${subject})`;
      assert.deepEqual(await said(npm('1.2.8') + policy(entry)), unused(about));
      assert.deepEqual(await said(npm('1.2.5') + policy({ ...entry, version: undefined })), []);
    }
  });

  test('one that is not known may be told by another source tomorrow', async () => {
    const entry = policy({ id: 'GHSA-2222-3333-4444', package: 'minimist' });
    assert.deepEqual(await said(npm('1.2.8') + entry), []);
    assert.deepEqual(
      await said(npm('1.2.8') + policy({ id: POLLUTION }), RULE, { advisories: 'missing' }),
      [],
    );
  });

  test('one without an end in its source is not called harmless', async () => {
    const unbounded = [osv(POLLUTION, 'minimist', '1.0.0', { isUnbounded: true })];
    assert.deepEqual(
      await said(npm('1.2.8') + policy({ id: POLLUTION }), RULE, { advisories: unbounded }),
      [],
    );
  });

  test('what an entry that is over accepted is told again', async () => {
    const source = (expires: string) => npm('1.2.5') + policy({ id: POLLUTION, expires });
    assert.deepEqual(await said(source('2026-11-24'), 'vulnerable-dependency'), []);
    const [again] = await said(source('2026-11-23'), 'vulnerable-dependency');
    assert.match(again!, /^error: minimist 1\.2\.5 has a high vulnerability/);
    const [over] = await said(source('2026-11-23'));
    assert.match(over!, /^error: The entry for GHSA-xvch-5gv4-984h expired on 2026-11-23/);
  });

  test('lists of pnpm hold GHSA ids', async () => {
    const listed = '-- pnpm-workspace.yaml --\naudit:\n  ignore: ["CVE-2021-44906"]\n';
    await expectMarks(
      `${pnpm('pnpm@11.2.0')}-- pnpm-workspace.yaml --
audit:
  ignore:
    - CVE-2021-44906
      ^^^^^^^^^^^^^^ audit-ignore-invalid: The entry of pnpm audit for CVE-2021-44906 accepts nothing, as pnpm compares with GHSA ids. Write GHSA-xvch-5gv4-984h.
auditConfig:
  ignoreCves:
    - 'CVE-2020-7598' # never parsed
      ^^^^^^^^^^^^^^^ audit-ignore-invalid: The entry of pnpm audit for CVE-2020-7598 accepts nothing, as pnpm 11 and later do not read auditConfig.ignoreCves. Write GHSA-vh95-rmgr-6w4m into auditConfig.ignoreGhsas.
`,
      { advisories, rules: [RULE] },
    );
    const replaced = await fixOf(pnpm('pnpm@11.2.0') + listed, RULE, /^Replace with GHSA-xvch-5gv4-984h$/, {
      advisories,
    });
    assert.match(replaced, /\n {2}ignore: \["GHSA-xvch-5gv4-984h"\]\n/);
  });

  test('a list of CVE numbers becomes one of GHSA ids where all of them are known', async () => {
    const list = (...ids: readonly string[]) =>
      `-- pnpm-workspace.yaml --\nauditConfig:\n  # accepted\n  ignoreCves:\n${ids.map((id) => `    - ${id}\n`).join('')}`;
    const renamed = await fixOf(
      pnpm('pnpm@11.2.0') + list('CVE-2021-44906', "'CVE-2020-7598' # never parsed"),
      RULE,
      /^Rename the list to auditConfig\.ignoreGhsas, with GHSA ids$/,
      { advisories },
    );
    assert.match(
      renamed,
      /auditConfig:\n {2}# accepted\n {2}ignoreGhsas:\n {4}- GHSA-xvch-5gv4-984h\n {4}- 'GHSA-vh95-rmgr-6w4m' # never parsed\n/,
    );
    for (const text of [
      list('CVE-2021-44906', 'CVE-1999-0001'),
      `${list('CVE-2021-44906')}  ignoreGhsas: []\n`,
    ]) {
      const workspace = await openWorkspace(pnpm('pnpm@11.2.0') + text, { advisories });
      const titles = workspace
        .findings(RULE)
        .flatMap((finding) => workspace.snapshot.fixesOf(finding))
        .map(({ title }) => title);
      assert.ok(titles.length > 0);
      assert.deepEqual(
        titles.filter((title) => title.startsWith('Rename')),
        [],
      );
    }
  });
});

describe('the quick fix on an advisory', () => {
  test('accepts each by its id, in that version, and nothing else', async () => {
    const result = await fixOf(npm('1.2.0'), 'vulnerable-dependency', /^Ignore until 2027-02-22: /, {
      advisories,
    });
    const { ignores } = JSON.parse(/-- dependency-hygiene\.json --\n([\s\S]*)$/.exec(result)![1]!);
    assert.deepEqual(
      ignores.map(({ id, package: name, version, rule, expires }: Record<string, string>) => [
        ...[rule, id, name, version, expires],
      ]),
      [OTHER, POLLUTION].map((id) => ['vulnerable-dependency', id, 'minimist', '1.2.0', '2027-02-22']),
    );
    // A record that becomes known later is reported.
    const later = osv('GHSA-2222-3333-4444', 'minimist', '0 2.0.0');
    const [reported] = await said(result, 'vulnerable-dependency', { advisories: [...advisories, later] });
    assert.match(reported!, /^error: minimist 1\.2\.0 has a high vulnerability.*GHSA-2222-3333-4444/);
    assert.doesNotMatch(reported!, /GHSA-xvch|GHSA-vh95/);
  });
});
