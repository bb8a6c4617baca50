import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixOf, openWorkspace, type WorkspaceOptions } from '../../../workspace.ts';

const RULE = 'lockfile-foreign-source';
const REGISTRY = 'https://registry.public.example.test/';
const EVIL = 'https://evil.example.test/';
const SHA1 = 'c1a464e7693302e082a075cee0c057741ac4772c';
const HASH =
  'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';
const MANIFEST = '-- package.json --\n{ "name": "shop", "dependencies": { "a": "^1.0.0", "b": "^1.0.0" } }\n';

const address = (base: string, name: string) => `${base}${name}/-/${name}-1.0.0.tgz`;

/** Returns lockfiles of two packages, the first at a given URL, or at the usual one by default. */
const classic = (a: string) => `-- yarn.lock --
# yarn lockfile v1


a@^1.0.0:
  version "1.0.0"
  resolved "${a}#${SHA1}"
  integrity ${HASH}

b@^1.0.0:
  version "1.0.0"
  resolved "${address(REGISTRY, 'b')}#${SHA1}"
  integrity ${HASH}
`;

const berry = (binding: string) => `-- yarn.lock --
__metadata:
  version: 8
  cacheKey: 10c0

"a@npm:^1.0.0":
  version: 1.0.0
  resolution: "a@npm:1.0.0${binding}"
  checksum: 10c0/00
  languageName: node
  linkType: hard

"b@npm:^1.0.0":
  version: 1.0.0
  resolution: "b@npm:1.0.0"
  checksum: 10c0/00
  languageName: node
  linkType: hard

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    a: "npm:^1.0.0"
    b: "npm:^1.0.0"
  languageName: unknown
  linkType: soft
`;

const pnpm = (resolution: string) => `-- pnpm-lock.yaml --
lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      a:
        specifier: ^1.0.0
        version: 1.0.0
      b:
        specifier: ^1.0.0
        version: 1.0.0

packages:

  a@1.0.0:
    resolution:${resolution}

  b@1.0.0:
    resolution: {integrity: ${HASH}}

snapshots:

  a@1.0.0: {}

  b@1.0.0: {}
`;

const bun = (a: string) => `-- bun.lock --
{
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "name": "shop",
      "dependencies": {
        "a": "^1.0.0",
        "b": "^1.0.0",
      },
    },
  },
  "packages": {
    "a": ["a@1.0.0", "${a}", {}, "${HASH}"],

    "b": ["b@1.0.0", "", {}, "${HASH}"],
  }
}
`;

const encoded = encodeURIComponent(address(EVIL, 'a'));

describe('fetching from the registry instead takes out what no such package has', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'Yarn 1 gets the usual address, its hash kept',
      classic(address(EVIL, 'a')),
      classic(address(REGISTRY, 'a')),
    ],
    ['Yarn 2 and later', berry(`::__archiveUrl=${encoded}`), berry('')],
    ['among other bindings', berry(`::x=1&__archiveUrl=${encoded}`), berry('::x=1')],
    ['before other bindings', berry(`::__archiveUrl=${encoded}&x=1`), berry('::x=1')],
    ['pnpm', pnpm(` {integrity: ${HASH}, tarball: ${address(EVIL, 'a')}}`), pnpm(` {integrity: ${HASH}}`)],
    [
      'pnpm, in the other order',
      pnpm(` {tarball: ${address(EVIL, 'a')}, integrity: ${HASH}}`),
      pnpm(` {integrity: ${HASH}}`),
    ],
    [
      'pnpm, in lines',
      pnpm(`\n      integrity: ${HASH}\n      tarball: ${address(EVIL, 'a')}`),
      pnpm(`\n      integrity: ${HASH}`),
    ],
    ['Bun', bun(address(EVIL, 'a')), bun('')],
  ];
  for (const [title, before, after] of cases) {
    test(title, async () =>
      assert.equal(
        await fixOf(MANIFEST + before, RULE, /^Fetch a 1\.0\.0 from the public registry$/),
        MANIFEST + after,
      ),
    );
  }
});

describe('https and credentials in the encoding that stands there', () => {
  const npmrc = `-- .npmrc --\nregistry=${EVIL}\n`;
  const http = address(EVIL, 'a').replace('https', 'http');
  const keyed = address(EVIL, 'a').replace('://', '://me:secret@');

  test('Yarn 1', async () => {
    assert.equal(
      await fixOf(MANIFEST + npmrc + classic(http), RULE, /^Use https/),
      MANIFEST + npmrc + classic(address(EVIL, 'a')),
    );
    assert.equal(
      await fixOf(MANIFEST + npmrc + classic(keyed), RULE, /^Remove the credentials from the URL of a 1/),
      MANIFEST + npmrc + classic(address(EVIL, 'a')),
    );
  });

  test('Yarn 2 and later', async () => {
    const source = `${MANIFEST}-- .yarnrc.yml --\nnpmRegistryServer: ${EVIL}\n`;
    const binding = (text: string) => berry(`::__archiveUrl=${encodeURIComponent(text)}`);
    assert.equal(
      await fixOf(source + binding(http), RULE, /^Use https/),
      source + binding(address(EVIL, 'a')),
    );
    assert.equal(
      await fixOf(source + binding(keyed), RULE, /^Remove the credentials/),
      source + binding(address(EVIL, 'a')),
    );
  });

  test('pnpm', async () => {
    const lock = (text: string) => pnpm(` {integrity: ${HASH}, tarball: ${text}}`);
    assert.equal(
      await fixOf(MANIFEST + npmrc + lock(http), RULE, /^Use https/),
      MANIFEST + npmrc + lock(address(EVIL, 'a')),
    );
  });
});

const found = async (source: string, options?: WorkspaceOptions) =>
  (await openWorkspace(source, options))
    .findings(RULE)
    .map(({ severity, message, related }) => [severity, message, related.length]);

test("Yarn's own name of the public registry is the public registry", async () => {
  const alias = 'https://registry.yarn.example.test/';
  const lock = classic(address(alias, 'a')).replaceAll(REGISTRY, alias);
  assert.equal((await found(MANIFEST + lock)).length, 1);
  assert.deepEqual(await found(MANIFEST + lock, { publicAliases: [alias] }), []);
});

test('one address among packages that need none is no mirror', async () => {
  assert.deepEqual(
    (await found(MANIFEST + bun(address(EVIL, 'a')))).map(([severity]) => severity),
    ['error'],
  );
});

test('what pnpm takes from an address by its key is where it comes from', async () => {
  const lock = `-- pnpm-lock.yaml --
lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      c:
        specifier: ^1.0.0
        version: 1.0.0

packages:

  c@1.0.0:
    resolution: {integrity: ${HASH}}

  inner@${EVIL}inner.tgz:
    resolution: {integrity: ${HASH}, tarball: ${EVIL}inner.tgz}
    version: 1.0.0

snapshots:

  c@1.0.0:
    dependencies:
      inner: ${EVIL}inner.tgz

  inner@${EVIL}inner.tgz: {}
`;
  assert.deepEqual(await found(MANIFEST + lock), []);
});

test('many packages of one host are one finding, and one fix', async () => {
  const names = Array.from({ length: 12 }, (_, at) => `p${at}`);
  const entries = (base: string) =>
    names
      .map(
        (name) =>
          `    "${name}": ["${name}@1.0.0", "${base === '' ? '' : address(base, name)}", {}, "${HASH}"],\n`,
      )
      .join('\n');
  const rest = Array.from(
    { length: 9 },
    (_, at) => `    "q${at}": ["q${at}@1.0.0", "", {}, "${HASH}"],\n`,
  ).join('\n');
  const lock = (base: string) =>
    `-- bun.lock --\n{\n  "lockfileVersion": 1,\n  "workspaces": { "": {} },\n  "packages": {\n${entries(base)}\n${rest}  }\n}\n`;
  const source = `-- package.json --\n{}\n`;
  assert.deepEqual(await found(source + lock(EVIL)), [
    [
      'error',
      'p0 1.0.0 and 11 more are fetched from evil.example.test, but the public registry is configured to serve them. Find out who changed it, or add the host to "allowedHosts".',
      10,
    ],
  ]);
  assert.equal(await fixOf(source + lock(EVIL), RULE, /^Fetch p0 1\.0\.0 and 11 more/), source + lock(''));
});

describe('a scope with a registry that is built into the package manager', () => {
  const JSR = 'https://jsr.example.test/~/11/';
  const lockOf = (urls: readonly string[]) => `${MANIFEST}-- pnpm-lock.yaml --
lockfileVersion: '9.0'

packages:
${urls.map((url, at) => `\n  '@jsr/p${at}@1.0.0':\n    resolution: {integrity: ${HASH}, tarball: ${url}}\n`).join('')}
  b@1.0.0:
    resolution: {integrity: ${HASH}}
`;
  const url = (base: string, at: number) => `${base}@jsr/p${at}/1.0.0.tgz`;
  const found = async (source: string) =>
    (await openWorkspace(source)).findings(RULE).map(({ severity, package: name }) => `${severity} ${name}`);

  test('is served by that', async () => {
    assert.deepEqual(await found(lockOf([url(JSR, 0), url(JSR, 1)])), []);
  });

  test('is judged as ever of another host or by http, if a registry is configured, and in another scope', async () => {
    assert.deepEqual(await found(lockOf([url(JSR, 0), url(EVIL, 1)])), ['error @jsr/p1']);
    assert.deepEqual(await found(lockOf([url(EVIL, 0)])), ['error @jsr/p0']);
    assert.deepEqual(await found(lockOf([url(JSR.replace('https', 'http'), 0)])), ['error @jsr/p0']);
    const mapped = `-- .npmrc --\n@jsr:registry=https://npm.example.test/\n${lockOf([url(JSR, 0), url(JSR, 1)])}`;
    assert.deepEqual(await found(mapped), ['error @jsr/p0', 'error @jsr/p1']);
    assert.equal((await found(lockOf([url(JSR, 0)]).replaceAll('@jsr/', '@acme/'))).length, 1);
  });
});

describe('a runtime that pnpm downloads', () => {
  const locked = (url: string, settings = '', name = 'node') => `-- package.json --
{ "name": "shop", "packageManager": "pnpm@11.0.0" }
-- pnpm-workspace.yaml --
packages: []
${settings}-- pnpm-lock.yaml --
lockfileVersion: '9.0'
importers:
  .:
    devDependencies:
      ${name}:
        specifier: runtime:22.14.0
        version: runtime:22.14.0
packages:
  ${name}@runtime:22.14.0:
    resolution:
      type: variations
      variants:
        - resolution:
            archive: tarball
            bin: bin/node
            integrity: sha256-nUuwFsNxVzQ3DIlyu8E5bpY2ZO6gVUp+ZqJ1JCzgXnM=
            type: binary
            url: ${url}
          targets:
            - cpu: x64
              os: linux
    version: 22.14.0
    hasBin: true
snapshots:
  ${name}@runtime:22.14.0: {}
`;
  const said = async (source: string) =>
    (await openWorkspace(source)).findings('lockfile-foreign-source').map(({ message }) => message);
  const path = 'v22.14.0/node-v22.14.0-linux-x64.tar.gz';

  test('comes from its publisher', async () => {
    assert.deepEqual(await said(locked(`https://nodejs.org/download/release/${path}`)), []);
    const deno = 'https://github.com/denoland/deno/releases/download/v22.14.0/deno.zip';
    assert.deepEqual(await said(locked(deno, '', 'deno')), []);
  });

  test('is reported from elsewhere, unless a mirror is configured', async () => {
    const elsewhere = `https://files.example.test/release/${path}`;
    assert.deepEqual(await said(locked(elsewhere)), [
      'node 22.14.0 is downloaded from files.example.test, not from nodejs.org, and pnpm runs it. Find out who changed it, or add the host to "allowedHosts".',
    ]);
    const mirrors = 'nodeDownloadMirrors:\n  release: https://files.example.test/release/\n';
    assert.deepEqual(await said(locked(elsewhere, mirrors)), []);
    const allowing = '-- dependency-hygiene.json --\n{ "allowedHosts": ["files.example.test"] }\n';
    assert.deepEqual(await said(locked(elsewhere) + allowing), []);
    const other = 'https://github.com/evil/deno/releases/download/v22.14.0/deno.zip';
    assert.equal((await said(locked(other, '', 'deno'))).length, 1);
  });
});
