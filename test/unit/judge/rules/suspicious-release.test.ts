import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';
import { documentOf, lockOf, manifestOf, type Release, strippedOf } from './releases.ts';

const RULE = 'suspicious-release';

async function saidOf(version: string, document: object) {
  const workspace = await openWorkspace(manifestOf(`    "gen": "${version}"`), {
    registry: { gen: document },
  });
  return workspace.findings(RULE).map(({ severity, message }) => `${severity}: ${message}`);
}

const repository = { repository: { type: 'git', url: 'git+https://github.com/acme/gen.git' } };
/** 7nohe, axios: several release lines within minutes, after a long silence. */
const hijacked: Record<string, Release> = {
  '2.1.0': { at: '2023-01-01', ...repository },
  '2.2.0': { at: '2023-10-01', ...repository },
  '0.5.4': { at: '2026-11-15T20:00:00.000Z', ...repository },
  '1.6.3': { at: '2026-11-15T20:04:00.000Z', ...repository },
  '2.2.1': { at: '2026-11-15T20:08:00.000Z', ...repository },
};

describe('suspicious-release', () => {
  test('two signs, at the value of a manifest and of a catalog', async () => {
    const registry = { gen: documentOf(hijacked) };
    await expectMarks(
      `${manifestOf(`    "gen": "^2.0.0"
           ^^^^^^^^ suspicious-release: gen 2.2.1 shows signs of a takeover: it is the first release in 3 years, and 3 versions were published within 8 minutes. Compare it with the version before it.`)}-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "gen": "^2.0.0" } },
    "node_modules/gen": {
      "version": "2.2.1"
    }
  }
}
`,
      { registry },
    );
    await expectMarks(
      `-- package.json --
{ "packageManager": "yarn@4.18.1", "dependencies": { "gen": "catalog:" } }
-- .yarnrc.yml --
catalog:
  gen: "2.2.1"
       ^^^^^^^ suspicious-release
`,
      { registry },
    );
  });

  const two: readonly (readonly [string, Record<string, Release>, { readonly latest?: string }, RegExp])[] = [
    [
      'a patch that grew, from another repository',
      {
        '1.0.0': { at: '2026-09-01', size: 50_000, ...repository },
        '1.0.1': { at: '2026-11-10', size: 900_000, repository: 'https://github.com/evil/gen' },
      },
      {},
      /it has 0\.9 MB and had 0\.050 MB, and it names another repository \(https:\/\/github\.com\/evil\/gen\)\./,
    ],
    [
      'a jump of the major version, without a repository',
      { '1.4.0': { at: '2026-09-01', ...repository }, '99.9.9': { at: '2026-11-10' } },
      {},
      /the version before it is 1\.4\.0, and it names repository removed\./,
    ],
    [
      '`latest` moved down, and a command that everybody has',
      {
        '2.0.0': { at: '2026-09-01' },
        '1.9.0': { at: '2026-08-01' },
        '1.9.1': { at: '2026-11-10', bin: { git: 'a.js' } },
      },
      { latest: '1.9.1' },
      /it was made the latest after 2\.0\.0, and it installs a command "git"\./,
    ],
    [
      'above `latest` without being it, in a burst',
      {
        '1.0.0': { at: '2026-10-01' },
        '1.0.1': { at: '2026-11-10T10:00:00.000Z' },
        '1.0.2': { at: '2026-11-10T10:01:00.000Z' },
        '1.0.3': { at: '2026-11-10T10:02:00.000Z' },
      },
      { latest: '1.0.0' },
      /3 versions were published within 2 minutes, and it was not made the latest, which is 1\.0\.0\./,
    ],
  ];
  for (const [what, releases, more, words] of two) {
    test(what, async () => {
      const version = Object.keys(releases).at(-1)!;
      const [said, ...rest] = await saidOf(version, documentOf(releases, more));
      assert.match(said ?? '', words);
      assert.match(said ?? '', /^warning: /);
      assert.deepEqual(rest, []);
    });
  }

  test('several lines at once are information by themselves', async () => {
    const burst = { ...hijacked, '2.2.0': { at: '2026-10-01', ...repository } };
    assert.match((await saidOf('2.2.1', documentOf(burst)))[0] ?? '', /^information: /);
  });

  test('what a CI service published from the same repository is information', async () => {
    const trusted = Object.entries(hijacked).map(([version, release]): [string, Release] => [
      version,
      { ...release, by: 'trusted' },
    ]);
    assert.match((await saidOf('2.2.1', documentOf(Object.fromEntries(trusted))))[0] ?? '', /^information: /);
  });

  const honest: readonly (readonly [string, Record<string, Release>])[] = [
    ['the first release in years alone', { '1.0.0': { at: '2020-01-01' }, '1.0.1': { at: '2026-11-10' } }],
    [
      'a repository written in another way',
      {
        '1.0.0': { at: '2020-01-01', repository: 'github:Acme/gen' },
        '1.0.1': { at: '2026-11-10', repository: { url: 'git+ssh://git@github.com/acme/gen.git' } },
      },
    ],
    [
      'fixes of older lines on other days',
      {
        '1.0.0': { at: '2026-01-01' },
        '2.0.0': { at: '2026-02-01' },
        '3.0.0': { at: '2026-03-01' },
        '1.0.1': { at: '2026-11-08' },
        '2.0.1': { at: '2026-11-10' },
        '3.0.1': { at: '2026-11-12' },
      },
    ],
    [
      'prereleases that a machine makes by the dozen',
      Object.fromEntries(
        ['1.0.0', '1.0.1-next.1', '1.0.1-next.2', '1.0.1-next.3', '1.0.1'].map((version, at) => [
          version,
          { at: `2026-11-10T1${at < 1 ? 0 : 1}:0${at}:00.000Z` },
        ]),
      ),
    ],
    ['a version by date', { '5.0.0': { at: '2020-01-01' }, '2026.1.0': { at: '2026-11-10' } }],
    [
      'a small package that gets a file',
      { '1.0.0': { at: '2020-01-01', size: 900 }, '1.0.1': { at: '2026-11-10', size: 6000 } },
    ],
    [
      'what happened long ago',
      { '1.0.0': { at: '2020-01-01', ...repository }, '99.0.0': { at: '2024-01-01' } },
    ],
  ];
  for (const [what, releases] of honest) {
    test(`${what} says nothing`, async () => {
      assert.deepEqual(await saidOf(Object.keys(releases).at(-1)!, documentOf(releases)), []);
    });
  }

  test('is silent where a mirror leaves out times or made them itself', async () => {
    const document = documentOf(hijacked);
    assert.deepEqual(await saidOf('2.2.1', strippedOf(document, ['time'])), []);
    const copied = Object.fromEntries(
      Object.keys(hijacked).map((version) => [version, '2026-11-20T10:00:00Z']),
    );
    assert.deepEqual(await saidOf('2.2.1', { ...document, time: copied }), []);
    const future = Object.fromEntries(
      Object.keys(hijacked).map((version) => [version, '2030-01-01T10:00:00Z']),
    );
    assert.deepEqual(await saidOf('2.2.1', { ...document, time: future }), []);
  });

  test('the options say how long', async () => {
    const source = `${manifestOf('    "gen": "2.2.1"')}-- dependency-hygiene.json --
{ "rules": { "suspicious-release": ["warning", { "days": 5 }] } }
`;
    const workspace = await openWorkspace(source, { registry: { gen: documentOf(hijacked) } });
    assert.deepEqual(workspace.findings(RULE), []);
  });

  test('pins the newest version without such signs', async () => {
    const after = await fixOf(
      manifestOf('    "gen": "^2.2.0", // see below') + lockOf('gen', '^2.2.0', '2.2.1'),
      RULE,
      /^Replace with "gen": "2\.2\.0"$/,
      { registry: { gen: documentOf(hijacked) } },
    );
    assert.ok(after.startsWith(manifestOf('    "gen": "2.2.0", // see below')));
  });
});
