import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cutOf, readPnpm, VERSION_9 } from './pnpm-lock.ts';

describe('readPnpmLockfile, version 9.0', () => {
  const lock = readPnpm(VERSION_9);

  test('is checked, and knows its entries by key', () => {
    assert.deepEqual([lock.status, lock.problems], ['checked', []]);
    assert.equal(lock.formatVersion?.value, '9.0');
    assert.equal(cutOf(lock, lock.formatVersion?.span), "'9.0'");
    assert.deepEqual([lock.entries.length, lock.entriesTotal], [6, 6]);
    assert.equal(lock.entry('react@17.0.2')?.version?.value, '17.0.2');
    assert.equal(lock.entry('react@16.0.0'), undefined);
    assert.equal(lock.recordsInstallScripts, false);
  });

  test('an entry has its values with their tokens', () => {
    const entry = lock.entry('@s/ui@1.0.0')!;
    assert.deepEqual([entry.name, entry.alias, entry.source], ['@s/ui', undefined, 'registry']);
    assert.equal(cutOf(lock, entry.keySpan), "'@s/ui@1.0.0'");
    assert.equal(cutOf(lock, entry.version?.span), '1.0.0');
    assert.equal(entry.integrity?.value, 'sha512-uiuiui==');
    assert.equal(cutOf(lock, entry.integrity?.span), 'sha512-uiuiui==');
    assert.equal(cutOf(lock, entry.resolved?.span), 'https://registry.example.test/@s/ui/-/ui-1.0.0.tgz');
    assert.match(cutOf(lock, entry.span) ?? '', /^'@s\/ui@1\.0\.0':[\s\S]*react: '>=17'$/);
    assert.deepEqual([entry.os, entry.cpu, entry.libc], [['!win32'], ['x64', 'arm64'], ['glibc']]);
    assert.deepEqual([entry.hasBin, entry.deprecated], [true, "It's old"]);
    assert.deepEqual(
      [entry.peer, entry.bundled, entry.hasInstallScript, entry.license],
      [false, false, false, undefined],
    );
  });

  test('its edges are those of its snapshots, each target once, and its peers', () => {
    const entry = lock.entry('@s/ui@1.0.0')!;
    assert.deepEqual(
      entry.edges.map(({ section, name, specifier, version }) => [
        section,
        name,
        specifier.value,
        version?.value,
      ]),
      [
        ['peerDependencies', 'react', '>=17', undefined],
        ['dependencies', 'react', '17.0.2', '17.0.2'],
        ['dependencies', 'zod', '3.23.8(patch_hash=abc123)', '3.23.8(patch_hash=abc123)'],
        ['dependencies', 'react', '18.3.1', '18.3.1'],
        ['optionalDependencies', 'fsevents', '2.3.3', '2.3.3'],
      ],
    );
    assert.deepEqual(
      entry.snapshots.map(({ key, edges }) => [key, edges.length]),
      [
        ['@s/ui@1.0.0(react@17.0.2)', 2],
        ['@s/ui@1.0.0(react@18.3.1)', 2],
      ],
    );
    assert.deepEqual(
      entry.edges.map((edge) => lock.follow(entry, edge)?.key),
      [undefined, 'react@17.0.2', 'zod@3.23.8', 'react@18.3.1', 'fsevents@2.3.3'],
    );
  });

  test('dev and optional come from what leads to an entry', () => {
    const flags = lock.entries.map(({ name, version, dev, optional }) => [
      name,
      version?.value,
      dev,
      optional,
    ]);
    assert.deepEqual(flags, [
      ['@s/ui', '1.0.0', false, false],
      ['fsevents', '2.3.3', false, true],
      ['react', '17.0.2', false, false],
      ['react', '18.3.1', false, false],
      ['tool', '2.0.0', false, false],
      ['zod', '3.23.8', true, false],
    ]);
  });

  test('a git package has its commit, and the version that the file states', () => {
    const tool = lock.resolve('packages/member', 'tool')!;
    assert.deepEqual([tool.source, tool.name, tool.version?.value], ['git', 'tool', '2.0.0']);
    assert.equal(cutOf(lock, tool.version?.span), '2.0.0');
    assert.equal(lock.entry(tool.key)?.commit, '0123456789abcdef0123456789abcdef01234567');
  });

  test('importers are kept apart', () => {
    assert.deepEqual([...lock.importers.keys()], ['', 'packages/member']);
    assert.equal(lock.importers.get('')?.key, '.');
    assert.equal(lock.importers.get('')?.source, 'root');
    assert.equal(lock.resolve('packages/member', 'react')?.version?.value, '18.3.1');
    assert.equal(lock.resolve('', 'react'), undefined);
    assert.equal(lock.resolve('elsewhere', 'react'), undefined);
    assert.deepEqual(
      lock.importers
        .get('packages/member')
        ?.edges.map(({ section, name, specifier }) => [section, name, specifier.value]),
      [
        ['dependencies', 'react', '^18.0.0'],
        ['dependencies', 'tool', 'github:o/tool'],
        ['devDependencies', 'root', 'workspace:*'],
      ],
    );
  });

  test('aliases and links lead where they lead', () => {
    const alias = lock.resolve('', 'r17')!;
    assert.deepEqual([alias.name, alias.version?.value], ['react', '17.0.2']);
    assert.equal(lock.resolve('', '@s/ui-test')?.key, '@s/ui@1.0.0');
    assert.equal(lock.resolve('', 'member'), lock.importers.get('packages/member'));
    assert.equal(lock.resolve('packages/member', 'root'), lock.importers.get(''));
    const outside = lock.resolve('', 'outside')!;
    assert.deepEqual(
      [outside.source, outside.name, outside.resolved?.value],
      ['link', 'outside', '../outside'],
    );
    assert.equal(cutOf(lock, outside.resolved?.span), '../outside');
  });

  test('the settings that it was written with', () => {
    const { settings } = lock.main!;
    assert.deepEqual(
      settings.settings.map(({ key, value }) => [key.value, value.value]),
      [
        ['autoInstallPeers', 'true'],
        ['excludeLinksFromLockfile', 'false'],
      ],
    );
    assert.deepEqual(
      settings.catalogs.map(({ catalog, name, specifier, version }) => [
        catalog,
        name.value,
        specifier?.value,
        version?.value,
      ]),
      [['default', 'zod', '^3.23.0', '3.23.8']],
    );
    assert.equal(cutOf(lock, settings.overrides[0]?.value.span), "'>=1.2.6'");
    assert.deepEqual(
      settings.patchedDependencies.map(({ key, hash, path }) => [key.value, hash?.value, path?.value]),
      [['zod@3.23.8', 'abc123', 'patches/zod@3.23.8.patch']],
    );
    assert.deepEqual([settings.time, settings.ignoredOptionalDependencies], [[], []]);
  });

  test('its spans hold for CRLF, a byte order mark and what Prettier makes of it', () => {
    const texts = [
      VERSION_9.replaceAll('\n', '\r\n'),
      `\ufeff${VERSION_9}`,
      VERSION_9.replaceAll("'", '"')
        .replace('"s old', "'s old")
        .replaceAll(/resolution: \{(.*)\}/g, 'resolution:\n      {\n        $1,\n      }'),
    ];
    for (const text of texts) {
      const other = readPnpm(text);
      assert.deepEqual([other.status, other.problems], ['checked', []]);
      assert.deepEqual(
        other.entries.map(({ key, version, integrity, dev }) => [key, version?.value, integrity?.value, dev]),
        lock.entries.map(({ key, version, integrity, dev }) => [key, version?.value, integrity?.value, dev]),
      );
      for (const entry of other.entries) {
        assert.equal(cutOf(other, entry.version?.span), entry.version?.value);
        assert.equal(cutOf(other, entry.integrity?.span), entry.integrity?.value);
        assert.equal(cutOf(other, entry.keySpan)?.replaceAll(/["']/g, ''), entry.key);
      }
    }
  });
});

describe('readPnpmLockfile, older versions', () => {
  test('5.1 of a single project, with its sections at the top', () => {
    const lock = readPnpm(`dependencies:
  a: 1.0.0_b@2.0.0
  c: 'file:c.tgz'
devDependencies:
  b: 2.0.0
lockfileVersion: 5.1
packages:
  /a/1.0.0_b@2.0.0:
    dependencies:
      b: 2.0.0
    dev: false
    peerDependencies:
      b: '*'
    requiresBuild: true
    resolution:
      integrity: sha512-aaaa==
  /b/2.0.0:
    deprecated: |-
      Use c.
        Really.
    optional: true
    resolution:
      integrity: sha1-bbbb=
  'file:c.tgz':
    dev: true
    name: '@s/c'
    resolution:
      integrity: sha512-cccc==
      tarball: 'file:c.tgz'
    version: 3.0.0
specifiers:
  a: ^1.0.0
  b: 2
  c: 'file:./c.tgz'
`);
    assert.deepEqual([lock.status, lock.problems, lock.recordsInstallScripts], ['checked', [], true]);
    assert.deepEqual(
      lock.entries.map(({ key, name, version, source }) => [key, name, version?.value, source]),
      [
        ['/a/1.0.0_b@2.0.0', 'a', '1.0.0', 'registry'],
        ['/b/2.0.0', 'b', '2.0.0', 'registry'],
        ['file:c.tgz', '@s/c', '3.0.0', 'file'],
      ],
    );
    const [a, b, c] = lock.entries;
    assert.deepEqual([a!.dev, b!.dev, c!.dev], [false, false, true]);
    assert.deepEqual(
      [a!.optional, b!.optional, a!.hasInstallScript, b!.hasInstallScript],
      [false, true, true, false],
    );
    assert.equal(b!.deprecated, 'Use c.\n  Really.');
    assert.equal(cutOf(lock, a!.version?.span), '1.0.0');
    assert.equal(lock.follow(a!, a!.edges[0]!), b);
    assert.deepEqual([...lock.importers.keys()], ['']);
    assert.deepEqual(
      lock.importers.get('')!.edges.map(({ section, name, specifier }) => [section, name, specifier.value]),
      [
        ['dependencies', 'a', '^1.0.0'],
        ['dependencies', 'c', 'file:./c.tgz'],
        ['devDependencies', 'b', '2'],
      ],
    );
    assert.equal(lock.resolve('', 'c'), c);
  });

  test('5.4-inlineSpecifiers, with an alias and a git package', () => {
    const lock = readPnpm(`lockfileVersion: 5.4-inlineSpecifiers

importers:

  packages/a:
    dependencies:
      real:
        specifier: npm:@s/real@1.0.0
        version: /@s/real/1.0.0
      tool:
        specifier: host:o/tool
        version: host.example.test/o/tool/0123456789abcdef0123456789abcdef01234567

packages:

  /@s/real/1.0.0:
    resolution: {integrity: sha512-real==}

  host.example.test/o/tool/0123456789abcdef0123456789abcdef01234567:
    resolution: {commit: 0123456789abcdef0123456789abcdef01234567, repo: https://host.example.test/o/tool.git, type: git}
    name: tool
    version: 5.0.0
`);
    assert.deepEqual([lock.status, lock.problems], ['checked', []]);
    assert.equal(lock.resolve('packages/a', 'real')?.name, '@s/real');
    const tool = lock.resolve('packages/a', 'tool')!;
    assert.deepEqual([tool.source, tool.name, tool.version?.value], ['git', 'tool', '5.0.0']);
    assert.equal(tool.resolved?.value, 'https://host.example.test/o/tool.git');
    assert.equal(lock.entry(tool.key)?.commit, '0123456789abcdef0123456789abcdef01234567');
    assert.equal(lock.resolve('', 'real'), undefined);
  });

  test('6.0, with a folder and a registry in the key', () => {
    const lock = readPnpm(`lockfileVersion: '6.0'

dependencies:
  a:
    specifier: ^1.0.0
    version: registry.example.test/a@1.0.0(b@2.0.0)
  c:
    specifier: file:c
    version: file:c

packages:

  /b@2.0.0:
    resolution: {integrity: sha512-bbbb==}
    dev: false

  file:c:
    resolution: {directory: c, type: directory}
    name: c
    version: 0.0.0
    dependencies:
      d: link:packages/d
    dev: false

  registry.example.test/a@1.0.0(b@2.0.0):
    resolution: {integrity: sha512-aaaa==, registry: https://registry.example.test/, tarball: https://registry.example.test/a/-/a-1.0.0.tgz}
    id: registry.example.test/a/1.0.0
    dependencies:
      b: 2.0.0
    dev: false
`);
    assert.deepEqual([lock.status, lock.problems], ['checked', []]);
    const a = lock.resolve('', 'a')!;
    assert.deepEqual([a.name, a.version?.value, a.source], ['a', '1.0.0', 'registry']);
    assert.equal(cutOf(lock, a.version?.span), '1.0.0');
    const c = lock.resolve('', 'c')!;
    assert.deepEqual([c.source, c.resolved?.value, c.version?.value], ['directory', 'c', '0.0.0']);
    assert.equal(lock.follow(c, c.edges[0]!)?.source, 'link');
  });
});

describe('readPnpmLockfile, two documents', () => {
  const environment = `---
lockfileVersion: '9.0'

importers:

  .:
    configDependencies: {}
    packageManagerDependencies:
      pnpm:
        specifier: 12.0.0
        version: 12.0.0

packages:

  pnpm@12.0.0:
    resolution: {integrity: sha512-pnpm==}

  react@17.0.2:
    resolution: {integrity: sha512-other==}

snapshots:

  pnpm@12.0.0:
    dependencies:
      react: 17.0.2

  react@17.0.2: {}

`;
  const lock = readPnpm(`${environment}---\n${VERSION_9}`);

  test('entries are those of both, importers those of the project', () => {
    assert.deepEqual([lock.status, lock.problems], ['checked', []]);
    assert.deepEqual([lock.entries.length, lock.entriesTotal], [8, 8]);
    assert.deepEqual(
      lock.documents.map(({ isEnvironment, entries }) => [isEnvironment, entries.length]),
      [
        [true, 2],
        [false, 6],
      ],
    );
    assert.equal(lock.main, lock.documents[1]);
    assert.deepEqual([...lock.importers.keys()], ['', 'packages/member']);
    assert.equal(lock.resolve('', 'pnpm'), undefined);
    assert.equal(lock.entry('react@17.0.2')?.integrity?.value, 'sha512-r17r17==');
    assert.equal(lock.entry('pnpm@12.0.0')?.document, 0);
    assert.equal(lock.documents[0]!.resolve('', 'pnpm')?.key, 'pnpm@12.0.0');
  });

  test('an edge leads to its own document', () => {
    const pnpm = lock.entry('pnpm@12.0.0')!;
    assert.equal(lock.follow(pnpm, pnpm.edges[0]!)?.integrity?.value, 'sha512-other==');
  });

  test('a file with nothing but the first has no importers', () => {
    const alone = readPnpm(environment);
    assert.deepEqual(
      [alone.status, alone.main, alone.importers.size, alone.entries.length],
      ['checked', undefined, 0, 2],
    );
    assert.equal(alone.resolve('', 'pnpm'), undefined);
  });

  test('a second project is reported', () => {
    const twice = readPnpm(`---\n${VERSION_9}---\n${VERSION_9}`);
    assert.equal(twice.status, 'partial');
    assert.match(twice.reason ?? '', /second project/);
  });
});

test('a runtime has a download for each kind of machine', () => {
  const lock = readPnpm(`lockfileVersion: '9.0'
importers:
  .:
    devDependencies:
      node:
        specifier: runtime:26.7.0
        version: runtime:26.7.0
packages:
  node@runtime:26.7.0:
    resolution:
      type: variations
      variants:
        - resolution:
            archive: tarball
            integrity: sha256-a=
            type: binary
            url: https://host.example.test/node-linux.tar.gz
          targets:
            - cpu: x64
              os: linux
        - resolution:
            integrity: sha256-b=
            type: binary
            url: https://host.example.test/node-mac.tar.gz
          targets:
            - cpu: arm64
              os: darwin
    version: 26.7.0
    hasBin: true
snapshots:
  node@runtime:26.7.0: {}
`);
  assert.equal(lock.status, 'checked');
  const [node] = lock.entries;
  assert.deepEqual(
    [node!.name, node!.version?.value, node!.dev, node!.integrity],
    ['node', '26.7.0', true, undefined],
  );
  assert.deepEqual(
    node!.variants.map(({ url, integrity, os, cpu }) => [url?.value, integrity?.value, os, cpu]),
    [
      ['https://host.example.test/node-linux.tar.gz', 'sha256-a=', ['linux'], ['x64']],
      ['https://host.example.test/node-mac.tar.gz', 'sha256-b=', ['darwin'], ['arm64']],
    ],
  );
});
