import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { edgesOf, graphOf, packagesOf } from './graph-of.ts';

describe('a graph of pnpm 9', () => {
  const graph = graphOf(
    'pnpm-lock.yaml',
    `---
lockfileVersion: '9.0'

importers:

  .:
    configDependencies: {}
    packageManagerDependencies:
      pnpm:
        specifier: 11.0.0
        version: 11.0.0

packages:

  pnpm@11.0.0:
    resolution: {integrity: sha512-AAAA}

snapshots:

  pnpm@11.0.0: {}

---
lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      a:
        specifier: ^1.0.0
        version: 1.0.0(react@18.0.0)
      ui:
        specifier: workspace:*
        version: link:packages/ui
    devDependencies:
      old-react:
        specifier: npm:react@^17.0.0
        version: react@17.0.0
      pnpm:
        specifier: 11.0.0
        version: 11.0.0

  packages/ui:
    dependencies:
      a:
        specifier: ^1.0.0
        version: 1.0.0(react@17.0.0)
      outside:
        specifier: link:../../../outside
        version: link:../../../outside

packages:

  a@1.0.0:
    resolution: {integrity: sha512-AAAA}
    peerDependencies:
      react: '>=17'

  pnpm@11.0.0:
    resolution: {integrity: sha512-AAAA}

  react@17.0.0:
    resolution: {integrity: sha512-AAAA}

  react@18.0.0:
    resolution: {integrity: sha512-AAAA}
    deprecated: use another

snapshots:

  a@1.0.0(react@17.0.0):
    dependencies:
      react: 17.0.0

  a@1.0.0(react@18.0.0):
    dependencies:
      react: 18.0.0

  pnpm@11.0.0: {}

  react@17.0.0: {}

  react@18.0.0: {}
`,
    { '': { name: 'shop' }, 'packages/ui': { name: 'ui' } },
  );

  test('is checked, and has an instance for each choice of peers, of all documents', () => {
    assert.deepEqual([graph.lockfile.status, graph.lockfile.reason], ['checked', undefined]);
    assert.deepEqual(
      graph.packages.map(({ id, entry, document }) => [id, entry.key, document]),
      [
        ['a@1.0.0(react@17.0.0)', 'a@1.0.0', 1],
        ['a@1.0.0(react@18.0.0)', 'a@1.0.0', 1],
        ['pnpm@11.0.0', 'pnpm@11.0.0', 1],
        ['react@17.0.0', 'react@17.0.0', 1],
        ['react@18.0.0', 'react@18.0.0', 1],
        ['pnpm@11.0.0#2', 'pnpm@11.0.0', 0],
      ],
    );
    assert.deepEqual(packagesOf(graph).slice(2), [
      'pnpm@11.0.0 dev',
      'react@17.0.0',
      'react@18.0.0 peer',
      'pnpm@11.0.0#2',
    ]);
    const [react17, react18] = graph.packages.slice(3);
    assert.deepEqual([react17?.alias, react18?.alias], [undefined, undefined]);
    assert.equal(react18?.entry.deprecated, 'use another');
    assert.equal(react18?.installScript, undefined);
  });

  test('has peers as edges to what is installed for them', () => {
    assert.deepEqual(edgesOf(graph), [
      '[] -> [packages/ui] prod workspace:*',
      '[] -> a@1.0.0(react@18.0.0) prod ^1.0.0',
      '[] -> pnpm@11.0.0 dev 11.0.0',
      '[] -> pnpm@11.0.0#2 prod 11.0.0',
      '[] -> react@17.0.0 dev npm:react@^17.0.0',
      '[packages/ui] -> [../outside] prod link:../../../outside',
      '[packages/ui] -> a@1.0.0(react@17.0.0) prod ^1.0.0',
      'a@1.0.0(react@17.0.0) -> react@17.0.0 peer >=17',
      'a@1.0.0(react@18.0.0) -> react@18.0.0 peer >=17',
    ]);
    assert.deepEqual(
      graph.importers.map(({ path, name }) => [path, name]),
      [
        ['', 'shop'],
        ['packages/ui', 'ui'],
        ['../outside', undefined],
      ],
    );
  });
});

test('a graph of pnpm 5 has what the file says of development, optional and scripts', () => {
  const graph = graphOf(
    'pnpm-lock.yaml',
    `lockfileVersion: 5.3

specifiers:
  a: ^1.0.0
  other: npm:b@^2.0.0

dependencies:
  a: 1.0.0_b@2.0.0

devDependencies:
  other: /b/2.0.0

packages:

  /a/1.0.0_b@2.0.0:
    resolution: {integrity: sha512-AAAA}
    requiresBuild: true
    peerDependencies:
      b: '*'
    dependencies:
      b: 2.0.0
    dev: false

  /b/2.0.0:
    resolution: {integrity: sha512-AAAA}
    dev: true
    optional: true
`,
  );
  assert.equal(graph.lockfile.status, 'checked');
  assert.deepEqual(packagesOf(graph), ['/a/1.0.0_b@2.0.0', '/b/2.0.0 dev optional']);
  assert.deepEqual(
    graph.packages.map(({ installScript }) => installScript),
    [true, undefined],
  );
  assert.deepEqual(edgesOf(graph), [
    '/a/1.0.0_b@2.0.0 -> /b/2.0.0 peer *',
    '[] -> /a/1.0.0_b@2.0.0 prod ^1.0.0',
    '[] -> /b/2.0.0 dev npm:b@^2.0.0',
  ]);
});
