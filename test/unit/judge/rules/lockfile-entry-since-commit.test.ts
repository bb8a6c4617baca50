import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openFiles, TEST_REGISTRY } from '../../../workspace.ts';
import {
  A,
  B,
  type Files,
  foundSince,
  hash,
  lockOf,
  type Members,
  RESTORE,
} from './lockfile-since-commit.ts';

describe('a hash that was last committed for another package', () => {
  const moved = (what: string, owner: string) =>
    `${what} has the hash of ${owner} in the last commit. Only one of them can be the published hash. ${RESTORE}`;
  const before = lockOf({ 'node_modules/a': A, 'node_modules/b': B });

  test('is reported at the hash of another version, with and without a URL', async () => {
    for (const url of [null, undefined]) {
      const now = lockOf({ 'node_modules/a': { ...A, version: '1.9.0', url }, 'node_modules/b': B });
      assert.deepEqual(await foundSince(before, now), [
        [JSON.stringify(hash(1)), moved('a 1.9.0', 'a 1.0.0')],
      ]);
    }
  });

  test('is reported at the hash of another name', async () => {
    const now = lockOf(
      {
        'node_modules/c': { version: '1.0.0', integrity: hash(1) },
        'node_modules/b': { ...B, dependencies: {} },
      },
      { dependencies: { b: '^1.0.0', c: '^1.0.0' } },
    );
    assert.deepEqual(await foundSince(before, now), [[JSON.stringify(hash(1)), moved('c 1.0.0', 'a 1.0.0')]]);
  });

  test('is reported beside a hash of its own, and whatever bits are to spare in its text', async () => {
    const spare = hash(1).replace(/.==$/, 'R==');
    for (const integrity of [`${hash(1)} ${hash(9)}`, `${hash(1)}?x`, spare]) {
      const now = lockOf({ 'node_modules/a': { version: '1.9.0', integrity }, 'node_modules/b': B });
      assert.ok(
        (await foundSince(before, now)).some(([token]) => token === JSON.stringify(integrity)),
        integrity,
      );
    }
  });

  const pnpm = (version: string) => `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      b:
        specifier: ^1.0.0
        version: 1.0.0

packages:

  a@${version}:
    resolution: {integrity: ${hash(1)}}

  b@1.0.0:
    resolution: {integrity: ${hash(2)}}

snapshots:

  a@${version}: {}

  b@1.0.0:
    dependencies:
      a: ${version}
`;
  const berry = (version: string) => `__metadata:
  version: 8
  cacheKey: 10c0

"a@npm:^1.0.0":
  version: ${version}
  resolution: "a@npm:${version}"
  checksum: 10c0/${'1'.repeat(128)}
  languageName: node
  linkType: hard

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    a: "npm:^1.0.0"
  languageName: unknown
  linkType: soft
`;
  const classic = (version: string) => `# yarn lockfile v1


a@^1.0.0:
  version "${version}"
  resolved "https://npm.example.test/files/1#${'1'.repeat(40)}"
`;
  const bun = (version: string) => `{
  "lockfileVersion": 1,
  "workspaces": { "": { "name": "shop", "dependencies": { "a": "^1.0.0" } } },
  "packages": {
    "a": ["a@${version}", "", {}, "${hash(1)}"],
  }
}
`;
  const formats = [
    ['pnpm-lock.yaml', 'pnpm@10.0.0', pnpm, hash(1)],
    ['yarn.lock', 'yarn@4.9.1', berry, `10c0/${'1'.repeat(128)}`],
    ['yarn.lock', 'yarn@1.22.22', classic, '1'.repeat(40)],
    ['bun.lock', 'bun@1.2.0', bun, `"${hash(1)}"`],
  ] as const;
  for (const [file, packageManager, text, token] of formats) {
    test(`is reported in a file of ${packageManager}`, async () => {
      const files = { file, manifest: { packageManager, dependencies: { a: '^1.0.0' } } };
      assert.deepEqual(await foundSince(text('1.0.0'), text('1.9.0'), files), [
        [token, moved('a 1.9.0', 'a 1.0.0')],
      ]);
    });
  }

  test('is not reported of copies, aliases and build metadata, nor of a name that is corrected', async () => {
    const nested = lockOf({
      'node_modules/a': A,
      'node_modules/b': B,
      'node_modules/b/node_modules/a': A,
      'node_modules/x': { ...A, name: 'a', url: `${TEST_REGISTRY}a/-/a-1.0.0.tgz` },
    });
    const root = { dependencies: { a: '^1.0.0', b: '^1.0.0', x: 'npm:a@^1.0.0' } };
    assert.deepEqual(
      await foundSince(
        before,
        nested.replace(/"dependencies": \{\n {8}"a".*\n.*\n/, (text) =>
          text.replace('"a"', '"x": "npm:a@^1.0.0",\n        "a"'),
        ),
        { manifest: root },
      ),
      [],
    );
    const built = lockOf({
      'node_modules/a': { ...A, version: '1.0.0+5', url: `${TEST_REGISTRY}a/-/a-1.0.0.tgz` },
      'node_modules/b': B,
    });
    assert.deepEqual(await foundSince(before, built), []);
    const wrong = lockOf({
      'node_modules/a': { ...A, version: '1.9.0', url: `${TEST_REGISTRY}a/-/a-1.0.0.tgz` },
      'node_modules/b': B,
    });
    assert.deepEqual(await foundSince(wrong, before), []);
  });
});

describe('a version that a dependent does not ask for, new in a lockfile of npm', () => {
  const unfit = (key: string, what: string, range: string) =>
    `The entry "${key}" installs ${what}, which is not in ${JSON.stringify(range)}. ${RESTORE}`;
  const before = lockOf({ 'node_modules/a': A, 'node_modules/b': B });
  const evil = { version: '2.0.0', integrity: hash(9) };
  const expected = [['"2.0.0"', unfit('node_modules/a', 'a 2.0.0', '^1.0.0')]];

  test('is reported at the version, whoever asks: the project, a package or a member', async () => {
    const states: readonly (readonly [Readonly<Record<string, Members>>, Members])[] = [
      [{ 'node_modules/b': { ...B, dependencies: {} } }, { dependencies: { a: '^1.0.0' } }],
      [{ 'node_modules/b': { ...B, dependencies: {} } }, { devDependencies: { a: '^1.0.0' } }],
      [{ 'node_modules/b': B }, { dependencies: { b: '^1.0.0' } }],
      [
        { 'node_modules/b': { ...B, dependencies: {}, optionalDependencies: { a: '^1.0.0' } } },
        { dependencies: { b: '^1.0.0' } },
      ],
      [
        {
          m: { version: '1.0.0', dependencies: { a: '^1.0.0' } },
          'node_modules/m': { resolved: 'm', link: true },
        },
        { dependencies: {}, workspaces: ['m'] },
      ],
    ];
    for (const [others, root] of states) {
      const [was, is] = [A, evil].map((a) => lockOf({ 'node_modules/a': a, ...others }, root));
      assert.deepEqual(await foundSince(was!, is!, { manifest: root }), expected, JSON.stringify(root));
    }
  });

  test('is reported in version 1 of the file, of what packages require', async () => {
    const text = (a: Members) =>
      JSON.stringify({
        ...{ name: 'shop', lockfileVersion: 1, requires: true },
        dependencies: {
          a: { resolved: `${TEST_REGISTRY}a/-/a-${a.version}.tgz`, ...a },
          b: { version: '1.0.0', integrity: hash(2), requires: { a: '^1.0.0' } },
        },
      });
    assert.deepEqual(await foundSince(text(A), text(evil)), expected);
  });

  test('is reported where a dependent lost the copy of its own', async () => {
    const copies = { 'node_modules/a': evil, 'node_modules/b': B };
    const root = { dependencies: { a: '^2.0.0', b: '^1.0.0' } };
    const was = lockOf({ ...copies, 'node_modules/b/node_modules/a': A }, root);
    assert.deepEqual(await foundSince(was, lockOf(copies, root), { manifest: root }), expected);
  });

  test('is reported however the file is laid out', async () => {
    const now = lockOf({ 'node_modules/a': evil, 'node_modules/b': B }, { dependencies: { b: '^1.0.0' } });
    assert.deepEqual(await foundSince(before, now.replace('"a": "^1.0.0"', '"a"  :  "^1.0.0"')), expected);
  });

  const silent: readonly (readonly [title: string, was: string, is: string, files?: Files])[] = [
    [
      'a peer, which --legacy-peer-deps lets differ',
      ...pair({ 'node_modules/b': { ...B, dependencies: {}, peerDependencies: { a: '^1.0.0' } } }),
    ],
    [
      'a development dependency of a package',
      ...pair({ 'node_modules/b': { ...B, dependencies: {}, devDependencies: { a: '^1.0.0' } } }),
    ],
    [
      'an override',
      ...pair({ 'node_modules/b': B }),
      { manifest: { dependencies: { a: '*', b: '^1.0.0' }, overrides: { b: { a: '2.0.0' } } } },
    ],
    [
      'a range that the dependent accepts as well',
      ...pair({ 'node_modules/b': { ...B, acceptDependencies: { a: '>=1' } } }),
    ],
    ['a tag and any version', ...pair({ 'node_modules/b': { ...B, dependencies: { a: 'latest' } } })],
    [
      'what was so before',
      lockOf({ 'node_modules/a': evil, 'node_modules/b': B }, { dependencies: { b: '^1.0.0' } }),
      lockOf(
        { 'node_modules/a': { version: '2.0.1', integrity: hash(8) }, 'node_modules/b': B },
        { dependencies: { b: '^1.0.0' } },
      ),
    ],
    [
      'what a package has in its own shrinkwrap',
      before,
      lockOf({
        'node_modules/a': A,
        'node_modules/b': B,
        'node_modules/c': {
          version: '1.0.0',
          integrity: hash(3),
          hasShrinkwrap: true,
          dependencies: { d: '1' },
        },
        'node_modules/c/node_modules/d': { version: '2.0.0', integrity: hash(4) },
      }),
    ],
    [
      'what a package bundles',
      before,
      lockOf({
        'node_modules/a': A,
        'node_modules/b': B,
        'node_modules/c': {
          version: '1.0.0',
          integrity: hash(3),
          bundleDependencies: ['d'],
          dependencies: { d: '1' },
        },
        'node_modules/c/node_modules/d': { version: '2.0.0', integrity: hash(4), inBundle: true },
      }),
    ],
    ['a file that could not be read before', '{', lockOf({ 'node_modules/a': evil, 'node_modules/b': B })],
  ];
  for (const [title, was, is, files] of silent) {
    test(`is not reported of ${title}`, async () => assert.deepEqual(await foundSince(was, is, files), []));
  }

  function pair(others: Readonly<Record<string, Members>>): readonly [string, string] {
    const root = { dependencies: { a: '*', b: '^1.0.0' } };
    const [was, is] = [A, evil].map((a) => lockOf({ 'node_modules/a': a, ...others }, root));
    return [was!, is!];
  }
});

test('what the project bundles itself is compared with its committed hash, as it is downloaded', async () => {
  const text = (byte: number, root: Members, more: Members) =>
    lockOf({ 'node_modules/a': { ...A, integrity: hash(byte), ...more }, 'node_modules/b': B }, root);
  const now = text(
    9,
    { dependencies: { a: '^1.0.0', b: '^1.0.0' }, bundleDependencies: ['a'] },
    { inBundle: true },
  );
  assert.deepEqual(await foundSince(text(1, {}, {}), now), [
    [
      JSON.stringify(hash(9)),
      `a 1.0.0 has a different sha512 hash here than in the last commit for the same version. ${RESTORE}`,
    ],
  ]);
});

test('Bun refuses a URL without a scheme, and it is reported there', async () => {
  const text = (url: string) => `{
  "lockfileVersion": 1,
  "workspaces": { "": { "name": "shop", "dependencies": { "a": "^1.0.0" } } },
  "packages": {
    "a": ["a@1.0.0", "${url}", {}, "${hash(1)}"],
  }
}
`;
  for (const [url, count] of [
    ['a/-/a-1.0.0.tgz', 1],
    ['/a/-/a-1.0.0.tgz', 1],
    ['', 0],
    [`${TEST_REGISTRY}a/-/a-1.0.0.tgz`, 0],
  ] as const) {
    const workspace = await openFiles(
      new Map([
        ['package.json', '{ "name": "shop", "dependencies": { "a": "^1.0.0" } }'],
        ['bun.lock', text(url)],
      ]),
    );
    const found = workspace
      .findings('lockfile-entry-mismatch')
      .map(({ span }) => text(url).slice(span.start, span.end));
    assert.deepEqual(found, count === 0 ? [] : [JSON.stringify(url)], url);
  }
});
