import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixOf, openWorkspace, parseWorkspace } from '../../../workspace.ts';

const RULE = 'exotic-transitive-dependency';
const SHA = '0123456789abcdef0123456789abcdef01234567';
const GIT = `git+ssh://git@host.example.test/o/bad.git#${SHA}`;
const ZIP = 'https://files.example.test/bad.tgz';
const HASH =
  'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';
const MANIFEST = '-- package.json --\n{ "name": "shop", "dependencies": { "good": "^1.0.0" } }\n';
const tarball = (name: string) => `https://registry.public.example.test/${name}/-/${name}-1.0.0.tgz`;

type Members = Readonly<Record<string, unknown>>;
const registry = (name: string, more: Members = {}) => ({
  version: '1.0.0',
  resolved: tarball(name),
  integrity: HASH,
  ...more,
});
const json = (path: string, value: unknown) => `-- ${path} --\n${JSON.stringify(value, undefined, 2)}\n`;
const npm = (packages: Members, root: Members = {}) =>
  MANIFEST +
  json('package-lock.json', {
    lockfileVersion: 3,
    packages: {
      '': { name: 'shop', dependencies: { good: '^1.0.0' }, ...root },
      'node_modules/good': registry('good'),
      ...packages,
    },
  });
/** Returns `good` with `bad` from there. */
const taking = (bad: string, locked: Members | undefined, section = 'dependencies') =>
  npm({
    'node_modules/good': registry('good', { [section]: { bad } }),
    ...(locked === undefined ? {} : { 'node_modules/bad': { version: '1.0.0', ...locked } }),
  });

/** Returns the marked tokens with the kind of place. */
async function found(workspace: string): Promise<readonly string[]> {
  const opened = await openWorkspace(workspace);
  return opened.findings(RULE).map(({ uri, span, severity, data, related }) => {
    const text = (at: { start: number; end: number }) => opened.text(uri.slice(18))!.slice(at.start, at.end);
    const { kind } = data as { kind: string };
    return `${severity} ${kind} ${text(span)} <- ${related.map((each) => text(each.span)).join(' ')}`;
  });
}

describe('package-lock.json', () => {
  test('from git, however it is declared', async () => {
    for (const declared of [
      `github:o/bad#${SHA}`,
      'o/bad',
      'git+https://host.example.test/o/bad.git',
      'git@host.example.test:o/bad.git',
    ]) {
      assert.deepEqual(await found(taking(declared, { resolved: GIT })), [
        `error git "node_modules/bad" <- "${declared}"`,
      ]);
    }
  });

  test('what it says', async () => {
    const [finding] = (await openWorkspace(taking('o/bad', { resolved: GIT }))).findings(RULE);
    assert.equal(
      finding?.message,
      'good 1.0.0 takes "bad" from git, which bypasses the registry. Confirm that this is intended.',
    );
    assert.deepEqual([finding?.package, finding?.version], ['bad', '1.0.0']);
  });

  test('from a web address and from a path', async () => {
    assert.deepEqual(await found(taking(ZIP, { resolved: ZIP, integrity: HASH })), [
      `error remote "node_modules/bad" <- "${ZIP}"`,
    ]);
    assert.deepEqual(await found(taking('file:bad.tgz', { resolved: 'file:node_modules/good/bad.tgz' })), [
      'error file "node_modules/bad" <- "file:bad.tgz"',
    ]);
  });

  test('optional ones too, as in the attacks of 2026', async () => {
    assert.equal((await found(taking('o/bad', { resolved: GIT }, 'optionalDependencies'))).length, 1);
    assert.deepEqual(await found(taking('github:o/bad', undefined, 'optionalDependencies')), [
      'error git "github:o/bad" <- "github:o/bad"',
    ]);
  });

  test('several dependents are one finding', async () => {
    const by = (name: string) => registry(name, { dependencies: { bad: 'o/bad' } });
    const workspace = npm({
      'node_modules/good': by('good'),
      'node_modules/other': by('other'),
      'node_modules/third': by('third'),
      'node_modules/bad': { version: '1.0.0', resolved: GIT },
    });
    assert.deepEqual(await found(workspace), ['error git "node_modules/bad" <- "o/bad" "o/bad" "o/bad"']);
    const [finding] = (await openWorkspace(workspace)).findings(RULE);
    assert.match(finding!.message, /^good 1\.0\.0 \(and so do 2 others\) takes "bad" from git/);
  });

  test('in version 1 of the file', async () => {
    const lock = {
      lockfileVersion: 1,
      dependencies: {
        good: registry('good', { requires: { bad: 'github:o/bad' } }),
        bad: { version: GIT, from: 'github:o/bad' },
      },
    };
    assert.deepEqual(await found(MANIFEST + json('package-lock.json', lock)), [
      'error git "bad" <- "github:o/bad"',
    ]);
  });

  test("silent for the project's own, and for what those bring along", async () => {
    const bad = { version: '1.0.0', resolved: GIT };
    const own = { dependencies: { bad: 'o/bad' } };
    assert.deepEqual(await found(npm({ 'node_modules/bad': bad }, own)), []);
    const along = {
      'node_modules/bad': { ...bad, dependencies: { worse: 'o/worse' } },
      'node_modules/worse': { version: '1.0.0', resolved: GIT.replace('bad', 'worse') },
    };
    assert.deepEqual(await found(npm(along, own)), []);
    assert.deepEqual(await found(npm(along, { devDependencies: { bad: 'o/bad' } })), []);
  });

  test('silent where it comes from the registry after all', async () => {
    assert.deepEqual(await found(taking('o/bad', { resolved: tarball('bad'), integrity: HASH })), []);
    const hosted = { resolved: 'https://npm.acme.example.test/download/bad/1.0.0', integrity: HASH };
    assert.deepEqual(await found(taking('^1.0.0', hosted)), []);
    assert.deepEqual(
      await found(taking('npm:other@^1.0.0', { name: 'other', resolved: tarball('other') })),
      [],
    );
  });

  test('silent for bundled packages, peers, members and links', async () => {
    const bundling = npm({
      'node_modules/good': registry('good', {
        dependencies: { bad: 'file:bad' },
        bundleDependencies: ['bad'],
      }),
      'node_modules/good/node_modules/bad': { version: '1.0.0', resolved: 'file:x.tgz', inBundle: true },
    });
    assert.deepEqual(await found(bundling), []);
    assert.deepEqual(await found(taking('o/bad', { resolved: GIT }, 'peerDependencies')), []);
    assert.deepEqual(await found(taking('o/bad', { resolved: GIT }, 'devDependencies')), []);
    const member = npm({
      'packages/a': { name: 'a', dependencies: { bad: 'o/bad' } },
      'node_modules/a': { resolved: 'packages/a', link: true },
      'node_modules/bad': { version: '1.0.0', resolved: GIT },
    });
    assert.deepEqual(await found(member), []);
  });

  test('silent where the project replaces it', async () => {
    const overrides = '-- package.json --\n{ "name": "shop", "overrides": { "bad": "o/bad" } }\n';
    const lock = taking('o/bad', { resolved: GIT }).slice(MANIFEST.length);
    assert.deepEqual(await found(overrides + lock), []);
    // An override with a version does not explain the source.
    assert.equal((await found(overrides.replace('o/bad', '^1.0.0') + lock)).length, 1);
  });
});

test('yarn.lock of Yarn 1', async () => {
  const lock = (range: string, resolved: string) => `${MANIFEST}-- yarn.lock --
# yarn lockfile v1


"bad@${range}":
  version "1.0.0"
  resolved "${resolved}"

good@^1.0.0:
  version "1.0.0"
  resolved "${tarball('good')}"
  integrity ${HASH}
  dependencies:
    bad "${range}"
`;
  assert.deepEqual(await found(lock('o/bad', GIT)), ['error git "bad@o/bad" <- "o/bad"']);
  assert.deepEqual(await found(lock(ZIP, ZIP)), [`error remote "bad@${ZIP}" <- "${ZIP}"`]);
  assert.deepEqual(await found(lock('^1.0.0', tarball('bad'))), []);
});

test('yarn.lock of Yarn 4', async () => {
  const address = `https://host.example.test/o/bad.git#commit=${SHA}`;
  const lock = (declared: string, locator: string) => `${MANIFEST}-- yarn.lock --
__metadata:
  version: 8
  cacheKey: 10c0

"bad@${declared}":
  version: 1.0.0
  resolution: "bad@${locator}"
  checksum: 10c0/${'ab'.repeat(64)}
  languageName: node
  linkType: hard

"good@npm:^1.0.0":
  version: 1.0.0
  resolution: "good@npm:1.0.0"
  dependencies:
    bad: "${declared}"
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
  assert.deepEqual(await found(lock('o/bad', address)), ['error git "bad@o/bad" <- "o/bad"']);
  assert.deepEqual(await found(lock('npm:^1.0.0', 'npm:1.0.0')), []);
});

test('pnpm-lock.yaml', async () => {
  const lock = (key: string, resolution: string, importer: string) => `${MANIFEST}-- pnpm-lock.yaml --
lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      good:
        specifier: ^1.0.0
        version: 1.0.0
${importer}
packages:

  bad@${key}:
    resolution: ${resolution}
    version: 1.0.0

  good@1.0.0:
    resolution: {integrity: ${HASH}}

snapshots:

  bad@${key}: {}

  good@1.0.0:
    optionalDependencies:
      bad: ${key}
`;
  const archive = `https://codeload.github.com/o/bad/tar.gz/${SHA}`;
  const git = `{tarball: ${archive}, gitHosted: true}`;
  assert.deepEqual(await found(lock(archive, git, '')), [`error git bad@${archive} <- ${archive}`]);
  assert.deepEqual(await found(lock('1.0.0', `{integrity: ${HASH}}`, '')), []);
  assert.deepEqual(
    await found(lock('1.0.0', `{integrity: ${HASH}, tarball: https://npm.acme.example.test/bad}`, '')),
    [],
  );
});

test('bun.lock', async () => {
  const lock = (declared: string, tuple: string) => `${MANIFEST}-- bun.lock --
{
  "lockfileVersion": 1,
  "workspaces": { "": { "name": "shop", "dependencies": { "good": "^1.0.0" } } },
  "packages": {
    "bad": [${tuple}],
    "good": ["good@1.0.0", "", { "dependencies": { "bad": "${declared}" } }, "${HASH}"],
  }
}
`;
  assert.deepEqual(await found(lock('github:o/bad', `"bad@github:o/bad#0123456", {}, "o-bad-0123456"`)), [
    'error git "bad" <- "github:o/bad"',
  ]);
  assert.deepEqual(await found(lock('^1.0.0', `"bad@1.0.0", "", {}, "${HASH}"`)), []);
});

test('more of them than are searched for by name', async () => {
  const many = Array.from({ length: 30 }, (_, at) => `bad${at}`);
  const workspace = npm({
    'node_modules/good': registry('good', {
      dependencies: Object.fromEntries(many.map((name) => [name, `o/${name}`])),
    }),
    ...Object.fromEntries(many.map((name) => [`node_modules/${name}`, { version: '1.0.0', resolved: GIT }])),
  });
  assert.equal((await found(workspace)).length, 30);
});

test('a file that ends anywhere: never an error, never outside of the text', async () => {
  const whole = parseWorkspace(taking('o/bad', { resolved: GIT })).files.get('package-lock.json')!;
  for (let end = 0; end < whole.length; end += 5) {
    const opened = await openWorkspace(`${MANIFEST}-- package-lock.json --\n${whole.slice(0, end)}\n`);
    for (const { span } of opened.findings(RULE)) assert.ok(span.end <= end + 1);
  }
});

describe('the fix', () => {
  test('has npm refuse it, in an .npmrc that is new or has comments', async () => {
    const workspace = taking('o/bad', { resolved: GIT });
    const after = await fixOf(workspace, RULE, /allow-git=none/);
    assert.equal(parseWorkspace(after).files.get('.npmrc'), 'allow-git=none\n');
    const npmrc =
      '-- .npmrc --\n; ours\nsave-exact=true\n# for the build\n//host.example.test/:_authToken=secret\n';
    const kept = await fixOf(workspace + npmrc, RULE, /allow-git=none/);
    assert.equal(
      parseWorkspace(kept).files.get('.npmrc'),
      '; ours\nsave-exact=true\nallow-git=none\n# for the build\n//host.example.test/:_authToken=secret\n',
    );
    const zip = await fixOf(taking(ZIP, { resolved: ZIP }), RULE, /./);
    assert.equal(parseWorkspace(zip).files.get('.npmrc'), 'allow-remote=none\n');
  });

  test('is not offered for other package managers, and never counts as safe', async () => {
    const [finding] = (await openWorkspace(taking('o/bad', { resolved: GIT }))).findings(RULE);
    assert.deepEqual(
      finding?.fixes().map(({ applicability }) => applicability),
      ['unsafe'],
    );
  });
});
