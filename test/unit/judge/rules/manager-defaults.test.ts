import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openWorkspace } from '../../../workspace.ts';

const SHA = '0123456789abcdef0123456789abcdef01234567';
const HASH =
  'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';
const GOOD = 'https://registry.public.example.test/good/-/good-1.0.0.tgz';
const ARCHIVE = `https://codeload.github.com/o/bad/tar.gz/${SHA}`;

/** A package that pulls in another one from git, as each package manager locks it. */
const NPM = `-- package-lock.json --
${JSON.stringify({
  lockfileVersion: 3,
  packages: {
    '': { name: 'shop', dependencies: { good: '^1.0.0' } },
    'node_modules/good': {
      ...{ version: '1.0.0', resolved: GOOD, integrity: HASH, dependencies: { bad: 'o/bad' } },
    },
    'node_modules/bad': { version: '1.0.0', resolved: `git+ssh://git@github.com/o/bad.git#${SHA}` },
  },
})}
`;
const PNPM = `-- pnpm-lock.yaml --
lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      good:
        specifier: ^1.0.0
        version: 1.0.0

packages:

  bad@${ARCHIVE}:
    resolution: {tarball: ${ARCHIVE}, gitHosted: true}
    version: 1.0.0

  good@1.0.0:
    resolution: {integrity: ${HASH}}

snapshots:

  bad@${ARCHIVE}: {}

  good@1.0.0:
    dependencies:
      bad: ${ARCHIVE}
`;
const CLASSIC = `-- yarn.lock --
# yarn lockfile v1


bad@o/bad:
  version "1.0.0"
  resolved "${ARCHIVE}"

good@^1.0.0:
  version "1.0.0"
  resolved "${GOOD}"
  integrity ${HASH}
  dependencies:
    bad o/bad
`;
const berry = (version: number) => `-- yarn.lock --
__metadata:
  version: ${version}
  cacheKey: 10c0

"bad@o/bad":
  version: 1.0.0
  resolution: "bad@https://github.com/o/bad.git#commit=${SHA}"
  checksum: 10c0/${'ab'.repeat(64)}
  languageName: node
  linkType: hard

"good@npm:^1.0.0":
  version: 1.0.0
  resolution: "good@npm:1.0.0"
  dependencies:
    bad: "o/bad"
  checksum: 10c0/${'ab'.repeat(64)}
  languageName: node
  linkType: hard

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    good: "npm:^1.0.0"
  languageName: unknown
  linkType: soft
`;
const BUN = `-- bun.lock --
{
  "lockfileVersion": 1,
  "workspaces": { "": { "name": "shop", "dependencies": { "good": "^1.0.0" } } },
  "packages": {
    "bad": ["bad@github:o/bad#0123456", {}, "o-bad-0123456"],
    "good": ["good@1.0.0", "", { "dependencies": { "bad": "github:o/bad" } }, "${HASH}"],
  }
}
`;

const NONE = 'no cooldown';
const DAY = 'a cooldown of 1 day';
const LONGER = 'Set a longer one.';
const update = (to: string) => `Update to ${to} or later, which have a setting.`;

type Row = readonly [
  manager: string,
  lock: string,
  cooldown: string | undefined,
  todo: string,
  refused?: true,
];

/** `test/scripts/defaults.ts` proves the rows whose versions it can install. */
const TABLE: readonly Row[] = [
  ['npm@10.9.9', NPM, NONE, update('npm 11.10.0')],
  ['npm@11.9.0', NPM, NONE, update('npm 11.10.0')],
  ['npm@11.15.0', NPM, NONE, LONGER],
  ['npm@11.21.2', NPM, NONE, LONGER],
  ['npm@12.0.0', NPM, NONE, LONGER, true],
  ['npm@12.2.2', NPM, NONE, LONGER, true],
  ['pnpm@9.15.9', PNPM, NONE, update('pnpm 10.16.0')],
  ['pnpm@10.15.0', PNPM, NONE, update('pnpm 10.16.0')],
  ['pnpm@10.34.9', PNPM, NONE, LONGER],
  ['pnpm@11.28.11', PNPM, DAY, LONGER],
  ['pnpm@12.21.0', PNPM, DAY, LONGER],
  ['yarn@1.22.22', CLASSIC, undefined, ''],
  ['yarn@2.4.2', berry(4), NONE, update('Yarn 4.10.0')],
  ['yarn@3.8.7', berry(6), NONE, update('Yarn 4.10.0')],
  ['yarn@4.9.0', berry(8), NONE, update('Yarn 4.10.0')],
  ['yarn@4.13.0', berry(8), NONE, LONGER],
  ['yarn@4.14.1', berry(9), NONE, LONGER, true],
  // Yarn allows all repositories when it upgrades such a lockfile.
  ['yarn@4.14.1', berry(8), NONE, LONGER],
  ['yarn@4.18.1', berry(10), DAY, LONGER, true],
  ['bun@1.2.0', BUN, NONE, update('Bun 1.3.0')],
  ['bun@1.4.5', BUN, NONE, LONGER],
];

const TITLES = { npm: 'npm', pnpm: 'pnpm', yarn: 'Yarn', bun: 'Bun' } as const;

async function said(manager: string, rest: string, rule: string): Promise<readonly string[]> {
  const manifest = { name: 'shop', packageManager: manager, dependencies: { good: '^1.0.0' } };
  const policy = { rules: { 'release-age-gate-missing': ['warning', { days: 3 }] } };
  const files = `-- package.json --\n${JSON.stringify(manifest)}\n-- dependency-hygiene.json --\n${JSON.stringify(policy)}\n`;
  return (await openWorkspace(files + rest)).findings(rule).map(({ message }) => message);
}

describe('what a package manager does without settings', () => {
  for (const [manager, lock, cooldown, todo, isRefused] of TABLE) {
    const [name, version] = manager.split('@') as [keyof typeof TITLES, string];
    const title = TITLES[name];
    const format = /^ {2}version: (\d+)$/m.exec(lock)?.[1];
    test(`${manager}${format === undefined ? '' : `, lockfile ${format}`}`, async () => {
      const age =
        cooldown === undefined
          ? []
          : [`${title} has ${cooldown} here, and this project requires 3 days. ${todo}`];
      assert.deepEqual(await said(manager, lock, 'release-age-gate-missing'), age);
      const takes = 'good 1.0.0 takes "bad" from git, which bypasses the registry';
      const end = isRefused
        ? `, and ${title} ${version} refuses to install it. Use another version of good.`
        : '. Confirm that this is intended.';
      assert.deepEqual(await said(manager, lock, 'exotic-transitive-dependency'), [takes + end]);
    });
  }

  test('a setting lets it in again, or the finding is the package manager’s own', async () => {
    const rule = 'exotic-transitive-dependency';
    const confirm = /Confirm that this is intended\.$/;
    const [allowed = ''] = await said('npm@12.2.2', `${NPM}-- .npmrc --\nallow-git=all\n`, rule);
    assert.match(allowed, confirm);
    assert.deepEqual(await said('npm@12.2.2', `${NPM}-- .npmrc --\nallow-git=none\n`, rule), []);
    const yarnrc = '-- .yarnrc.yml --\napprovedGitRepositories: ["https://github.com/o/*"]\n';
    const [listed = ''] = await said('yarn@4.18.1', berry(10) + yarnrc, rule);
    assert.match(listed, confirm);
  });

  test('a fix that the default makes needless is not offered', async () => {
    for (const [manager, isOffered] of [
      ['npm@11.21.2', true],
      ['npm@12.2.2', false],
    ] as const) {
      const manifest = JSON.stringify({
        name: 'shop',
        packageManager: manager,
        dependencies: { good: '^1.0.0' },
      });
      const workspace = await openWorkspace(`-- package.json --\n${manifest}\n${NPM}`);
      const [finding] = workspace.findings('exotic-transitive-dependency');
      const titles = workspace.snapshot.fixesOf(finding!).map(({ title }) => title);
      assert.equal(
        titles.some((title) => title.includes('allow-git=none')),
        isOffered,
        titles.join(),
      );
    }
  });
});
