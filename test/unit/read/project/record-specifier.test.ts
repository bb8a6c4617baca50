import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixOf, openWorkspace } from '../../../workspace.ts';

const HASH =
  'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const manifest = (range: string) =>
  `-- package.json --\n{\n  "name": "shop",\n  "dependencies": {\n    "a": "${range}"\n  }\n}\n`;

const pnpm = (specifier: string) => `-- pnpm-lock.yaml --
lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      a:
        specifier: ${specifier}
        version: 1.4.0

packages:

  a@1.4.0:
    resolution: {integrity: ${HASH}}

snapshots:

  a@1.4.0: {}
`;

const bun = (specifier: string) => `-- bun.lock --
{
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "name": "shop",
      "dependencies": {
        "a": "${specifier}",
      },
    },
  },
  "packages": {
    "a": ["a@1.4.0", "", {}, "${HASH}"],
  }
}
`;

const berry = (specifier: string) => `-- yarn.lock --
__metadata:
  version: 8
  cacheKey: 10c0

"a@npm:${specifier}":
  version: 1.4.0
  resolution: "a@npm:1.4.0"
  checksum: 10c0/00
  languageName: node
  linkType: hard

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    a: "npm:${specifier}"
  languageName: unknown
  linkType: soft
`;

const classic = `-- yarn.lock --
# yarn lockfile v1


a@*:
  version "1.4.0"
  resolved "https://registry.public.example.test/a/-/a-1.4.0.tgz#c1a464e7693302e082a075cee0c057741ac4772c"
  integrity ${HASH}
`;

async function applicabilities(source: string): Promise<readonly string[]> {
  const workspace = await openWorkspace(source);
  const [finding] = workspace.findings('unbounded-range');
  return workspace.snapshot
    .fixesOf(finding!)
    .filter(({ title }) => title.startsWith('Replace'))
    .map(({ applicability }) => applicability);
}

describe('what a manifest declares otherwise', () => {
  test('is changed along in a lockfile of pnpm, in the quotes that stand there', async () => {
    assert.equal(
      await fixOf(manifest('*') + pnpm("'*'"), 'unbounded-range', /: "\^1\.4\.0"$/),
      manifest('^1.4.0') + pnpm("'^1.4.0'"),
    );
    assert.equal(
      await fixOf(manifest('latest') + pnpm('latest'), 'unbounded-range', /: "\^1\.4\.0"$/),
      manifest('^1.4.0') + pnpm('^1.4.0'),
    );
    assert.deepEqual(await applicabilities(manifest('*') + pnpm("'*'")), ['safe', 'unsafe']);
  });

  test('and of Bun', async () => {
    const fixed = await fixOf(manifest('*') + bun('*'), 'unbounded-range', /: "\^1\.4\.0"$/);
    assert.equal(fixed, manifest('^1.4.0') + bun('^1.4.0'));
    assert.deepEqual((await openWorkspace(fixed)).findings('lockfile-out-of-sync'), []);
  });

  test('is left to Yarn, whose keys are made of it: the author has to agree', async () => {
    assert.equal(
      await fixOf(manifest('*') + berry('*'), 'unbounded-range', /: "\^1\.4\.0"$/),
      manifest('^1.4.0') + berry('*'),
    );
    for (const lock of [berry('*'), classic]) {
      assert.deepEqual(await applicabilities(manifest('*') + lock), ['unsafe', 'unsafe']);
    }
  });

  test('where the lockfile declares something else already, the author has to agree as well', async () => {
    assert.deepEqual(await applicabilities(manifest('*') + pnpm('^1.0.0')), ['unsafe', 'unsafe']);
  });
});

test('a commit is pinned in both files', async () => {
  const lock = (specifier: string) => `-- pnpm-lock.yaml --
lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      a:
        specifier: ${specifier}
        version: https://codeload.github.com/o/a/tar.gz/${COMMIT}

packages:

  a@https://codeload.github.com/o/a/tar.gz/${COMMIT}:
    resolution: {tarball: https://codeload.github.com/o/a/tar.gz/${COMMIT}}
    version: 1.0.0

snapshots:

  a@https://codeload.github.com/o/a/tar.gz/${COMMIT}: {}
-- .gitignore --
pnpm-lock.yaml
`;
  assert.equal(
    await fixOf(manifest('github:o/a#main') + lock('github:o/a#main'), 'git-dependency-unpinned', /^Replace/),
    manifest(`github:o/a#${COMMIT}`) + lock(`github:o/a#${COMMIT}`),
  );
});
