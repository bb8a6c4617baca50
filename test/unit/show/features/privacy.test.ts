import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { relativeUri } from '../../../../server/src/core/read/text/paths/uri.ts';
import { projectPrivacy } from '../../../../server/src/core/show/features/privacy/privacy.ts';
import { privacyText } from '../../../../server/src/core/show/report/privacy/privacy-text.ts';
import { openWorkspace, ROOT, TEST_REGISTRY, type WorkspaceOptions } from '../../../workspace.ts';

const NO_NOTES = { unread: [], openToOthers: [], home: undefined };

const SHOP = `-- package.json --
{
  "name": "shop",
  "workspaces": ["packages/*"],
  "dependencies": {
    "left-pad": "^1.0.0",
    "@acme/ui": "^1.0.0",
    "@hidden/core": "^1.0.0",
    "@hidden/more": "^1.0.0",
    "intern-tool": "^1.0.0",
    "from-git": "github:acme/from-git",
    "aliased": "npm:real@^1.0.0",
    "member": "*",
    "moved": "^1.0.0"
  },
  "overrides": { "patched": "1.0.0" }
}
-- packages/member/package.json --
{ "name": "member", "version": "1.0.0" }
-- .npmrc --
# ours
@acme:registry=https://npm.acme.example.test/
-- dependency-hygiene.json --
{
  // two of them
  "privateScopes": [
    "@other",
    { "scope": "@hidden" }
  ],
  "internalNames": ["intern-tool"]
}
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "workspaces": ["packages/*"] },
    "node_modules/left-pad": { "version": "1.0.0" },
    "node_modules/wrappy": { "version": "1.0.0" },
    "node_modules/@acme/tokens": { "version": "1.0.0" },
    "node_modules/moved": {
      "version": "1.0.0",
      "resolved": "https://files.acme.example.test/moved/-/moved-1.0.0.tgz"
    }
  }
}
`;

async function privacyOf(
  source = SHOP,
  options: WorkspaceOptions = {},
  { online = true, trusted = true } = {},
) {
  const workspace = await openWorkspace(source, {
    ...options,
    settings: { ...options.settings, online, trusted },
  });
  const { project, files } = workspace.snapshot.projects[0]!;
  return projectPrivacy({
    ...{ project, files, text: workspace.snapshot.textOf, base: ROOT, settings: { online, trusted } },
    statistics: 'https://api.public.example.test/',
  });
}

const placeOf = (decidedAt: { readonly uri: string; readonly line: number | undefined } | undefined) =>
  decidedAt && `${relativeUri(ROOT, decidedAt.uri)}:${decidedAt.line}`;

describe('what would leave the machine', () => {
  test('names by the registry that serves them, with the line that chooses it', async () => {
    const { destinations } = await privacyOf();
    assert.deepEqual(
      destinations.map(({ decidedAt, ...rest }) => ({ ...rest, decidedAt: placeOf(decidedAt) })),
      [
        {
          ...{ address: TEST_REGISTRY, kind: 'public', because: "npm's default", decidedAt: undefined },
          ...{ declared: ['left-pad', 'patched', 'real'], locked: ['wrappy'] },
        },
        {
          ...{ address: 'https://npm.acme.example.test/', kind: 'private', because: '.npmrc line 2' },
          ...{ decidedAt: '.npmrc:2', declared: ['@acme/ui'], locked: ['@acme/tokens'] },
        },
      ],
    );
  });

  test('names that nobody hears, with the line that keeps them', async () => {
    const { kept } = await privacyOf();
    assert.deepEqual(
      kept.map(({ name, by, decidedAt }) => [name, by, placeOf(decidedAt)]),
      [
        ['@hidden/core', 'private-scope', 'dependency-hygiene.json:5'],
        ['@hidden/more', 'private-scope', 'dependency-hygiene.json:5'],
        ['from-git', 'not-from-registry', 'package.json:10'],
        ['intern-tool', 'internal-name', 'dependency-hygiene.json:7'],
        ['member', 'workspace-member', 'packages/member/package.json:1'],
        ['moved', 'locked-elsewhere', 'package-lock.json:10'],
        ['shop', 'workspace-member', 'package.json:2'],
      ],
    );
  });

  test('names of a scope that a private registry serves elsewhere, with the line that shows it', async () => {
    const source = `-- package.json --
{
  "workspaces": ["packages/*"],
  "dependencies": {
    "@acme/new": "1", "@acme/ui": "1", "@acme/open": "1",
    "@labs/x": "1", "@open/x": "1", "@forked/new": "1", "@lab/y": "1"
  }
}
-- packages/a/package.json --
{
  "name": "a",
  "publishConfig": {
    "@labs:registry": "https://npm.labs.example.test/",
    "@open:registry": "${TEST_REGISTRY}"
  }
}
-- other/package.json --
{ "name": "other", "dependencies": { "left-pad": "1" } }
-- other/.npmrc --
# theirs
@lab:registry=https://npm.lab.example.test/
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": {},
    "node_modules/@acme/ui": {
      "version": "1.0.0", "resolved": "https://npm.acme.example.test/download/@acme%2fui/1.0.0/00"
    },
    "node_modules/@acme/open": {
      "version": "1.0.0", "resolved": "${TEST_REGISTRY}@acme/open/-/open-1.0.0.tgz"
    },
    "node_modules/@forked/core": {
      "version": "1.0.0", "resolved": "https://code.example.test/forked/core/-/archive/1.tar.gz"
    }
  }
}
`;
    const { kept, destinations, statistics } = await privacyOf(source);
    const sent = ['@acme/open', '@forked/new', '@open/x'];
    assert.deepEqual(
      destinations.map(({ declared, locked }) => [...declared, ...locked]),
      [sent],
    );
    assert.deepEqual(statistics?.names, sent);
    assert.deepEqual(
      kept.map(({ name, detail, decidedAt }) => [name, detail, placeOf(decidedAt)]),
      [
        [
          '@acme/new',
          'the lockfile takes other packages of @acme from npm.acme.example.test, but no registry is configured for that scope here',
          'package-lock.json:6',
        ],
        [
          '@acme/ui',
          'the lockfile takes it from npm.acme.example.test, not from the public registry',
          'package-lock.json:6',
        ],
        [
          '@forked/core',
          'the lockfile takes it from code.example.test, not from the public registry',
          'package-lock.json:12',
        ],
        [
          '@lab/y',
          'the workspace names npm.lab.example.test for @lab, but no registry is configured for that scope here',
          'other/.npmrc:2',
        ],
        [
          '@labs/x',
          'the workspace names npm.labs.example.test for @labs, but no registry is configured for that scope here',
          'packages/a/package.json:4',
        ],
        ['a', 'it is a package of this workspace', 'packages/a/package.json:2'],
      ],
    );
    const mapped = await privacyOf(
      `${source}-- .npmrc --\n@labs:registry=${TEST_REGISTRY}\n@acme:registry=${TEST_REGISTRY}\n`,
    );
    assert.deepEqual(
      mapped.kept.map(({ name }) => name),
      ['@acme/ui', '@forked/core', '@lab/y', 'a'],
    );
  });

  test('only what the public registry serves is counted', async () => {
    assert.deepEqual((await privacyOf()).statistics?.names, ['left-pad', 'patched', 'real', 'wrappy']);
  });

  test('not trusted or offline, nothing goes out', async () => {
    for (const [settings, by] of [
      [{ trusted: false }, 'untrusted'],
      [{ online: false }, 'offline'],
    ] as const) {
      const { destinations, statistics, kept } = await privacyOf(SHOP, {}, settings);
      assert.deepEqual([destinations, statistics], [[], undefined]);
      assert.equal(kept.length, 13);
      assert.ok(kept.every((each) => each.by === by || each.by === 'not-from-registry'));
    }
  });

  test('the line that takes npm offline is named, and a registry without a whole address', async () => {
    const offline = await privacyOf(`${SHOP}-- .npmrc --\nsave=true\noffline=true\n`);
    assert.equal(placeOf(offline.kept.find(({ name }) => name === 'left-pad')?.decidedAt), '.npmrc:2');
    const half = await privacyOf(
      `-- package.json --\n{ "dependencies": { "@a/b": "1" } }\n-- .npmrc --\n@a:registry=https://x.example.test/$\{TOKEN}/\n`,
    );
    assert.deepEqual(
      half.kept.map(({ name, by, decidedAt }) => [name, by, placeOf(decidedAt)]),
      [['@a/b', 'registry-incomplete', '.npmrc:1']],
    );
  });

  test('what a catalog or an override takes from git stands there', async () => {
    const { kept } = await privacyOf(`-- package.json --
{ "packageManager": "pnpm@11.0.0", "dependencies": { "a": "catalog:", "b": "^1.0.0" } }
-- pnpm-workspace.yaml --
catalog:
  a: github:acme/a
overrides:
  b: https://files.example.test/b.tgz
`);
    assert.deepEqual(
      kept.map(({ name, by, decidedAt }) => [name, by, placeOf(decidedAt)]),
      [
        ['a', 'not-from-registry', 'pnpm-workspace.yaml:2'],
        ['b', 'not-from-registry', 'pnpm-workspace.yaml:4'],
      ],
    );
  });

  test('nothing of a name or an address can pretend to be ours, and no credential is shown', async () => {
    const privacy = await privacyOf(`-- package.json --
{ "dependencies": { "__proto__": "1", "constructor": "1", "a\\u001b[31mb": "1", "@s/x": "1" } }
-- .npmrc --
@s:registry=https://ana:secret@npm.example.test/
`);
    const text = privacyText([privacy], NO_NOTES, { root: ROOT, columns: 80 });
    assert.ok(!text.includes('secret') && !text.includes('\u001b'));
    assert.match(text, /constructor/);
  });
});

test('the text fits into 80 columns, and counts what it does not list', async () => {
  const names = Array.from({ length: 1_200 }, (_, at) => `package-number-${at}`);
  const packages = Object.fromEntries(names.map((name) => [`node_modules/${name}`, { version: '1.0.0' }]));
  const lockfile = JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...packages } });
  const source = `-- package.json --\n{ "dependencies": { "left-pad": "1" } }\n-- package-lock.json --\n${lockfile}\n`;
  const text = privacyText([await privacyOf(source)], NO_NOTES, { root: ROOT, columns: 80 });
  assert.ok(text.split('\n').every((line) => line.length <= 80));
  assert.match(text, /1,200 names from the lockfile alone:/);
  assert.match(text, /and 1160\s+more/);
});
