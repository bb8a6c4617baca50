import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { edgesOf, graphOf, npmLock, packagesOf } from './graph-of.ts';

describe('a graph of npm 7 and later', () => {
  const graph = graphOf(
    'package-lock.json',
    npmLock({
      '': {
        name: 'shop',
        dependencies: { a: '^1.0.0', '@acme/ui': '*', tool: 'file:../tool' },
        devDependencies: { b: '^2.0.0', gone: '^1.0.0', peer: '^1.0.0' },
        peerDependencies: { peer: '>=1' },
      },
      '../tool': { name: '@acme/tool', version: '1.0.0', dependencies: { a: '^1.0.0' } },
      'node_modules/@acme/ui': { resolved: 'packages/ui', link: true },
      'node_modules/a': { version: '1.0.0', dependencies: { b: '^1.0.0' }, optionalDependencies: { c: '1' } },
      'node_modules/a/node_modules/b': { version: '1.0.0', peerDependencies: { d: '*', missing: '*' } },
      'node_modules/b': { version: '2.0.0', dev: true, devDependencies: { a: '*' } },
      'node_modules/d': { name: 'real-d', version: '3.0.0', peer: true, hasInstallScript: true },
      'node_modules/elsewhere': { resolved: '../elsewhere', link: true },
      'node_modules/peer': { version: '1.0.0', dev: true },
      'node_modules/tool': { resolved: '../tool', link: true },
      'packages/ui': { name: '@acme/ui', version: '1.0.0', dependencies: { a: '^1.0.0', b: '^9.0.0' } },
      'packages/ui/node_modules/b': { version: '9.0.0', devOptional: true, dependencies: { elsewhere: '*' } },
    }),
  );

  test('has its packages by their paths, with what npm says of them', () => {
    assert.deepEqual(packagesOf(graph), [
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/b dev',
      'node_modules/d peer',
      'node_modules/peer dev',
      'packages/ui/node_modules/b optional',
    ]);
    const d = graph.packages.find(({ id }) => id === 'node_modules/d');
    assert.deepEqual([d?.name, d?.alias, d?.version, d?.installScript], ['real-d', 'd', '3.0.0', true]);
    assert.deepEqual([graph.packages[0]?.installScript, graph.packages[0]?.alias], [false, undefined]);
  });

  test('resolves edges as Node does, links to what they link, and each name once', () => {
    // Node finds nothing of the project from a folder outside of it, such as `../tool`.
    assert.deepEqual(edgesOf(graph), [
      '[] -> [../tool] prod file:../tool',
      '[] -> [packages/ui] prod *',
      '[] -> node_modules/a prod ^1.0.0',
      '[] -> node_modules/b dev ^2.0.0',
      '[] -> node_modules/peer dev ^1.0.0',
      '[packages/ui] -> node_modules/a prod ^1.0.0',
      '[packages/ui] -> packages/ui/node_modules/b prod ^9.0.0',
      'node_modules/a -> node_modules/a/node_modules/b prod ^1.0.0',
      'node_modules/a/node_modules/b -> node_modules/d peer *',
      'packages/ui/node_modules/b -> [../elsewhere] prod *',
    ]);
  });

  test('has importers for the root, members and linked folders, with what is not there as well', () => {
    assert.deepEqual(
      graph.importers.map(({ path, name }) => [path, name]),
      [
        ['', 'shop'],
        ['../tool', '@acme/tool'],
        ['packages/ui', '@acme/ui'],
        ['../elsewhere', 'elsewhere'],
      ],
    );
    const gone = graph.importers[0]?.dependencies.find(({ name }) => name === 'gone');
    assert.deepEqual(gone, { name: 'gone', kind: 'dev', specifier: '^1.0.0', resolved: undefined });
    assert.deepEqual(graph.gaps, []);
  });
});

describe('a graph of npm up to 6', () => {
  const lock = {
    lockfileVersion: 1,
    requires: true,
    dependencies: {
      a: {
        version: '1.0.0',
        requires: { b: '^1.0.0' },
        dependencies: { b: { version: '1.0.0', dev: true } },
      },
      b: { version: '2.0.0', dev: true },
    },
  };

  test('has the paths that later versions write, and the manifest for an importer', () => {
    const graph = graphOf('package-lock.json', lock, {
      '': { name: 'shop', dependencies: { a: '^1.0.0' }, devDependencies: { b: '^2.0.0' } },
    });
    assert.deepEqual(packagesOf(graph), [
      'node_modules/a',
      'node_modules/a/node_modules/b dev',
      'node_modules/b dev',
    ]);
    assert.deepEqual(edgesOf(graph), [
      '[] -> node_modules/a prod ^1.0.0',
      '[] -> node_modules/b dev ^2.0.0',
      'node_modules/a -> node_modules/a/node_modules/b prod ^1.0.0',
    ]);
    assert.equal(graph.packages[0]?.installScript, undefined);
  });

  test('says what it does not know', () => {
    const { gaps } = graphOf('package-lock.json', lock);
    assert.match(gaps.join(' '), /No package\.json was read/);
    const old = graphOf('npm-shrinkwrap.json', { dependencies: { a: { version: '1.0.0' } } }, { '': {} });
    assert.match(old.gaps.join(' '), /does not say what its packages depend on/);
  });
});

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
    [true, false],
  );
  assert.deepEqual(edgesOf(graph), [
    '/a/1.0.0_b@2.0.0 -> /b/2.0.0 peer *',
    '[] -> /a/1.0.0_b@2.0.0 prod ^1.0.0',
    '[] -> /b/2.0.0 dev npm:b@^2.0.0',
  ]);
});

describe('a graph of Yarn 1', () => {
  const lock = `# yarn lockfile v1


a@^1.0.0, a@^1.1.0:
  version "1.1.0"
  resolved "https://registry.example.test/a/-/a-1.1.0.tgz#${'a'.repeat(40)}"
  optionalDependencies:
    b "^1.0.0"

"alias@npm:b@^2.0.0":
  version "2.0.0"

b@^1.0.0:
  version "1.0.0"
`;

  test('has the manifests as importers, and finds members by their names', () => {
    const graph = graphOf('yarn.lock', lock, {
      '': {
        name: 'shop',
        devDependencies: { a: '^1.1.0' },
        dependencies: { alias: 'npm:b@^2.0.0', ui: '1.0.0' },
      },
      'packages/ui': { name: 'ui', version: '1.0.0', dependencies: { b: '^5.0.0' } },
    });
    assert.deepEqual(packagesOf(graph), [
      'a@^1.0.0, a@^1.1.0 dev',
      'alias@npm:b@^2.0.0',
      // By development and by optional dependencies: as npm says it.
      'b@^1.0.0 dev optional',
    ]);
    assert.deepEqual(edgesOf(graph), [
      '[] -> [packages/ui] prod 1.0.0',
      '[] -> a@^1.0.0, a@^1.1.0 dev ^1.1.0',
      '[] -> alias@npm:b@^2.0.0 prod npm:b@^2.0.0',
      'a@^1.0.0, a@^1.1.0 -> b@^1.0.0 optional ^1.0.0',
    ]);
    assert.deepEqual([graph.packages[1]?.name, graph.packages[1]?.alias], ['b', 'alias']);
    // Nothing is locked for it: the lockfile is older than the manifest.
    assert.equal(graph.importers[1]?.dependencies[0]?.resolved, undefined);
  });
});

describe('a graph of Yarn 2 and later', () => {
  const graph = graphOf(
    'yarn.lock',
    `__metadata:
  version: 8
  cacheKey: 10c0

"choice@condition:FLAG ? ^2.0.0 : ^1.0.0":
  version: 0.0.0
  resolution: "choice@condition:FLAG?^2.0.0:^1.0.0#aaaaaa"
  dependencies:
    choice-no: "npm:choice@^1.0.0"
  languageName: node
  linkType: hard

"choice-no@npm:choice@^1.0.0":
  version: 1.0.0
  resolution: "choice@npm:1.0.0"
  languageName: node
  linkType: hard

"linked@link:../linked::locator=ui%40workspace%3Apackages%2Fui":
  version: 0.0.0-use.local
  resolution: "linked@link:../linked::locator=ui%40workspace%3Apackages%2Fui"
  languageName: node
  linkType: soft

"plugin@npm:^1.0.0":
  version: 1.0.0
  resolution: "plugin@npm:1.0.0"
  peerDependencies:
    core: "*"
    nobody: "*"
  languageName: node
  linkType: hard

"preset@npm:^1.0.0":
  version: 1.0.0
  resolution: "preset@npm:1.0.0"
  dependencies:
    plugin: "npm:^1.0.0"
  peerDependencies:
    core: "*"
  languageName: node
  linkType: hard

"core@npm:^7.0.0":
  version: 7.0.0
  resolution: "core@npm:7.0.0"
  languageName: node
  linkType: hard

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    choice: "condition:FLAG ? ^2.0.0 : ^1.0.0"
    core: "npm:^7.0.0"
    preset: "npm:^1.0.0"
    typescript: "npm:^5.0.0"
    ui: "workspace:*"
  languageName: unknown
  linkType: soft

"typescript@npm:^5.0.0":
  version: 5.0.0
  resolution: "typescript@npm:5.0.0"
  checksum: 10c0/${'a'.repeat(128)}
  languageName: node
  linkType: hard

"typescript@patch:typescript@npm%3A^5.0.0#optional!builtin<compat/typescript>":
  version: 5.0.0
  resolution: "typescript@patch:typescript@npm%3A5.0.0#optional!builtin<compat/typescript>::version=5.0.0&hash=aaaaaa"
  languageName: node
  linkType: hard

"ui@workspace:*, ui@workspace:packages/ui":
  version: 0.0.0-use.local
  resolution: "ui@workspace:packages/ui"
  dependencies:
    linked: "link:../linked"
  languageName: unknown
  linkType: soft
`,
    {
      '': {
        name: 'shop',
        dependencies: { choice: 'x', core: '^7.0.0', ui: '*' },
        devDependencies: { preset: '^1.0.0', typescript: '^5.0.0' },
      },
      'packages/ui': { name: 'ui' },
    },
  );

  test('has locators as ids, and a patched copy in place of what is only there to be patched', () => {
    assert.deepEqual([graph.lockfile.status, graph.lockfile.reason], ['checked', undefined]);
    assert.deepEqual(packagesOf(graph), [
      'choice@npm:1.0.0',
      'plugin@npm:1.0.0 dev',
      'preset@npm:1.0.0 dev',
      'core@npm:7.0.0',
      'typescript@patch:typescript@npm%3A5.0.0#optional!builtin<compat/typescript>::version=5.0.0&hash=aaaaaa dev',
    ]);
    const patched = graph.packages[4];
    assert.equal(patched?.entry.key, 'typescript@npm:^5.0.0');
    assert.ok(
      graph.lockfile.text
        .slice(patched?.span.start, patched?.span.end)
        .startsWith('"typescript@npm:^5.0.0":'),
    );
    assert.equal(patched?.entry.checksum?.kind, 'yarn-zip');
  });

  test('leads peers to what the dependents provide, and conditions to what they choose from', () => {
    assert.deepEqual(edgesOf(graph), [
      '[] -> [packages/ui] prod workspace:*',
      '[] -> choice@npm:1.0.0 prod condition:FLAG ? ^2.0.0 : ^1.0.0',
      '[] -> core@npm:7.0.0 prod npm:^7.0.0',
      '[] -> preset@npm:1.0.0 dev npm:^1.0.0',
      `[] -> ${graph.packages[4]?.id} dev npm:^5.0.0`,
      '[packages/ui] -> [packages/linked] prod link:../linked',
      'plugin@npm:1.0.0 -> core@npm:7.0.0 peer *',
      'preset@npm:1.0.0 -> core@npm:7.0.0 peer *',
      'preset@npm:1.0.0 -> plugin@npm:1.0.0 prod npm:^1.0.0',
    ]);
    assert.deepEqual(graph.gaps, []);
  });
});

test('a graph of Bun has links as importers, with their keys, and no id that is a path of these', () => {
  const graph = graphOf(
    'bun.lock',
    `{
  "lockfileVersion": 1,
  "workspaces": {
    "": { "name": "shop", "dependencies": { "a": "^1.0.0", "site": "^3.0.0" } },
    "site": { "name": "@acme/site", "devDependencies": { "a": "^2.0.0" } },
  },
  "packages": {
    "@acme/site": ["@acme/site@workspace:site"],
    "a": ["a@1.0.0", "", { "dependencies": { "@acme/site": "*" }, "peerDependencies": { "site": "*", "no": "*" }, "optionalPeers": ["no"] }, "sha512-AAAA"],
    "site": ["site@3.0.0", "", {}, "sha512-AAAA"],
    "@acme/site/a": ["a@2.0.0", "", {}, "sha512-AAAA"],
  }
}
`,
  );
  assert.equal(graph.lockfile.status, 'checked');
  assert.deepEqual(packagesOf(graph), ['a', 'site#2', '@acme/site/a dev']);
  assert.deepEqual(edgesOf(graph), [
    '[] -> a prod ^1.0.0',
    '[] -> site#2 prod ^3.0.0',
    '[site] -> @acme/site/a dev ^2.0.0',
    'a -> [site] prod *',
    'a -> site#2 peer *',
  ]);
  assert.deepEqual(
    graph.importers.map(({ path, name, entries }) => [path, name, entries]),
    [
      ['', 'shop', []],
      ['site', '@acme/site', ['@acme/site']],
    ],
  );
});

test('a lockfile that is not read gives a graph without anything, never one that looks clean', () => {
  for (const [name, text] of [
    ['package-lock.json', '{"lockfileVersion": 99, "packages": {}}'],
    ['yarn.lock', ''],
    ['pnpm-lock.yaml', 'lockfileVersion: 99'],
    ['bun.lock', '['],
    ['bun.lockb', ''],
  ] as const) {
    const graph = graphOf(name, text);
    assert.deepEqual([graph.packages.length, graph.edges.count], [0, 0]);
    assert.notEqual(graph.lockfile.status, 'checked', name);
    assert.ok(graph.lockfile.reason);
  }
});
