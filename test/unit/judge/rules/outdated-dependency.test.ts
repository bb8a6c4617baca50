import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace, type RegistryDocuments } from '../../../workspace.ts';
import { documentOf, lockOf, manifestOf, strippedOf } from './releases.ts';

const RULE = 'outdated-dependency';
const react = documentOf({
  '17.0.2': { at: '2021-03-22' },
  '18.2.0': { at: '2022-06-14' },
  '18.3.0': { at: '2024-04-20', deprecated: 'broken' },
  '18.3.1': { at: '2024-04-26' },
  '19.0.0-rc.1': { at: '2024-11-01' },
  '19.2.0': { at: '2025-10-01' },
  '19.2.1': { at: '2026-11-24T05:00:00.000Z' },
});

async function said(source: string, registry: RegistryDocuments = { react }) {
  const workspace = await openWorkspace(source, { registry });
  return workspace.findings(RULE).map(({ severity, message }) => `${severity}: ${message}`);
}

describe('outdated-dependency', () => {
  test('what the range takes and what is the latest, at the value', async () => {
    await expectMarks(
      manifestOf(`    "react": "^18.2.0"
             ^^^^^^^^^ outdated-dependency: react 18.2.0 is outdated: 18.3.1 is available in its range, and 19.2.0 is the highest version that can be used now (latest: 19.2.1).`) +
        lockOf('react', '^18.2.0', '18.2.0'),
      { registry: { react } },
    );
    await expectMarks(
      `-- package.json --
{ "packageManager": "pnpm@10.2.0", "dependencies": { "react": "catalog:" } }
-- pnpm-workspace.yaml --
catalog:
  react: ~18.2.0
         ^^^^^^^ outdated-dependency: react 18.2.0 is outdated: 19.2.0 is the highest version that can be used now (latest: 19.2.1).
`,
      { registry: { react } },
    );
  });

  test('a new major version is information, anything else and what is pinned a hint', async () => {
    const severityOf = async (declared: string, locked: string) => {
      const source = manifestOf(`    "react": "${declared}"`) + lockOf('react', declared, locked);
      return (await said(source)).map((text) => text.slice(0, text.indexOf(':')));
    };
    assert.deepEqual(await severityOf('^18.2.0', '18.3.1'), ['information']);
    assert.deepEqual(await severityOf('18.2.0', '18.2.0'), ['hint']);
    assert.deepEqual(await severityOf('>=18.2.0', '18.2.0'), ['hint']);
    assert.deepEqual(await severityOf('^19.0.0', '19.2.0'), []);
  });

  test('no version that is too new, deprecated, a prerelease or above latest', async () => {
    const source = manifestOf('    "react": "^18.2.0"') + lockOf('react', '^18.2.0', '18.2.0');
    const held = { ...react, 'dist-tags': { latest: '18.2.0' } };
    assert.deepEqual(await said(source, { react: held }), []);
    const fresh = documentOf({ '18.2.0': { at: '2022-06-14' }, '18.3.0': { at: '2026-11-23' } });
    assert.deepEqual(await said(source, { react: fresh }), []);
    assert.deepEqual(await said(`${source}-- .npmrc --\nmin-release-age=0\n`, { react: fresh }), [
      'hint: react 18.2.0 is outdated: 18.3.0 is available in its range.',
    ]);
  });

  test('no version that needs a newer Node than the project says it runs on', async () => {
    const engines = { node: '>=24' };
    const needs = documentOf({
      '1.0.0': { at: '2024-01-01' },
      '1.1.0': { at: '2024-02-01' },
      '1.2.0': { at: '2024-03-01', engines },
    });
    const source = (node: string) =>
      `-- package.json --\n{ "engines": { "node": "${node}" }, "dependencies": { "x": "^1.0.0" } }\n${lockOf('x', '^1.0.0', '1.0.0')}`;
    assert.match((await said(source('>=22'), { x: needs }))[0] ?? '', /1\.1\.0 is available in its range/);
    assert.match((await said(source('>=24.1'), { x: needs }))[0] ?? '', /1\.2\.0 is available in its range/);
    assert.match((await said(source('any'), { x: needs }))[0] ?? '', /1\.2\.0 is available in its range/);
  });

  test('prereleases for who has one', async () => {
    const beta = documentOf(
      {
        '1.0.0-beta.1': { at: '2026-01-01' },
        '1.0.0-beta.2': { at: '2026-02-01' },
        '0.9.0': { at: '2025-01-01' },
      },
      { latest: '0.9.0' },
    );
    const source = manifestOf('    "b": "^1.0.0-beta.1"') + lockOf('b', '^1.0.0-beta.1', '1.0.0-beta.1');
    assert.deepEqual(await said(source, { b: beta }), [
      'hint: b 1.0.0-beta.1 is outdated: 1.0.0-beta.2 is available in its range.',
    ]);
  });

  test("tags, other sources, overridden ones and pnpm's ignored updates are silent", async () => {
    assert.deepEqual(await said(manifestOf('    "react": "next",\n    "r": "github:react/react"')), []);
    const ignored = `-- package.json --
{ "packageManager": "pnpm@11.2.0", "dependencies": { "react": "18.2.0" } }
-- pnpm-workspace.yaml --
updateConfig:
  ignoreDependencies:
    - react
`;
    assert.deepEqual(await said(ignored), []);
    assert.equal((await said(ignored.replace('- react', '- vue'))).length, 1);
    assert.deepEqual(await said(ignored.replace('- react', "- 're*'")), []);
    const overridden = `-- package.json --
{ "packageManager": "pnpm@11.2.0", "dependencies": { "react": "18.2.0" } }
-- pnpm-workspace.yaml --
overrides:
  react: 17.0.2
`;
    assert.deepEqual(await said(overridden), []);
  });

  test('where times are not known, it counts as not checked', async () => {
    const source = manifestOf('    "react": "18.2.0"');
    const workspace = await openWorkspace(source, { registry: { react: strippedOf(react, ['time']) } });
    assert.deepEqual(workspace.findings(RULE), []);
    const { notChecked } = workspace.snapshot.diagnose(workspace.uri('package.json'));
    assert.deepEqual(
      notChecked.filter(({ rule }) => rule === RULE),
      [{ rule: RULE, reason: 'not-provided', count: 1, packages: ['react'] }],
    );
  });

  test('a lockfile that cannot be read says nothing of what is in use', async () => {
    assert.deepEqual(
      await said(`${manifestOf('    "react": "^18.2.0"')}-- package-lock.json --\n<<<<<<<\n`),
      [],
    );
  });

  const moves: readonly (readonly [string, string, string])[] = [
    ['^18.2.0', '18.3.1', '^19.2.0'],
    ['~18.2.0', '18.2.0', '~19.2.0'],
    ['18.2.0', '18.2.0', '19.2.0'],
    ['18.x', '18.3.1', '19.x'],
    ['npm:react@^18.2.0', '18.3.1', 'npm:react@^19.2.0'],
  ];
  for (const [declared, locked, wanted] of moves) {
    test(`moves ${declared} and keeps its operator`, async () => {
      const after = await fixOf(
        manifestOf(`      "react" : "${declared}", // ui`) + lockOf('react', declared, locked),
        RULE,
        /^Update react to/,
        { registry: { react }, nth: 0 },
      );
      assert.ok(after.startsWith(manifestOf(`      "react" : "${wanted}", // ui`)), after);
    });
  }

  test('offers the version in the range first, then the latest, then the command', async () => {
    const source = manifestOf('    "react": "^18.2.0"') + lockOf('react', '^18.2.0', '18.2.0');
    const workspace = await openWorkspace(source, { registry: { react } });
    const [finding] = workspace.findings(RULE);
    assert.deepEqual(
      workspace.snapshot.fixesOf(finding!).map(({ title }) => title),
      [
        'Update react to ^18.3.1 (minor)',
        'Update react to ^19.2.0 (major)',
        'Copy "npm update react --ignore-scripts"',
        'Ignore until 2027-02-22: outdated-dependency (in dependency-hygiene.json; has no effect until you write the reason)',
      ],
    );
  });

  test('a range of several parts is left as it is', async () => {
    const source = manifestOf('    "react": "^17 || ^18"') + lockOf('react', '^17 || ^18', '18.3.1');
    const workspace = await openWorkspace(source, { registry: { react } });
    const [finding] = workspace.findings(RULE);
    assert.match(finding?.message ?? '', /19\.2\.0 is the highest version that can be used now/);
    assert.ok(!workspace.snapshot.fixesOf(finding!).some(({ title }) => title.startsWith('Replace')));
  });
});

test('the newest for engines is not called the latest', async () => {
  const eslint = documentOf({
    '8.56.0': { at: '2023-12-01' },
    '8.57.1': { at: '2024-09-01' },
    '10.15.0': { at: '2026-01-01' },
  });
  const versions = (eslint as { versions: Record<string, object> }).versions;
  versions['10.15.0'] = { ...versions['10.15.0'], engines: { node: '>=22' } };
  const manifest = { engines: { node: '18.0.0' }, dependencies: { eslint: '8.56.0' } };
  const source = `-- package.json --\n${JSON.stringify(manifest)}\n`;
  const [message] = await said(source, { eslint });
  assert.match(
    message ?? '',
    /8\.57\.1 is the highest version that fits the "engines" of this project \(latest: 10\.15\.0\)/,
  );
});
