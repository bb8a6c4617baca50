import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cutOf, readPnpm, VERSION_9 } from './pnpm-lock.ts';

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
      [false, true, true, undefined],
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
