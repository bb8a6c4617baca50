import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { edgesOf, graphIn, graphOf, packagesOf } from './graph-of.ts';

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
      // By development and by optional dependencies, in npm's order.
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

describe('what a manifest declares itself beside `resolutions` of Yarn 1', () => {
  test('is what its own key leads to', async () => {
    const lock = `# yarn lockfile v1


minimist@0.0.8, minimist@1.2.8:
  version "1.2.8"

minimist@1.2.0:
  version "1.2.0"

mkdirp@0.5.1:
  version "0.5.1"
  dependencies:
    minimist "0.0.8"
`;
    const manifest = {
      packageManager: 'yarn@1.22.22',
      dependencies: { minimist: '1.2.0', mkdirp: '0.5.1' },
      resolutions: { minimist: '1.2.8' },
    };
    const graph = await graphIn({ 'package.json': JSON.stringify(manifest), 'yarn.lock': lock }, 'yarn.lock');
    assert.deepEqual(edgesOf(graph), [
      '[] -> minimist@1.2.0 prod 1.2.0',
      '[] -> mkdirp@0.5.1 prod 0.5.1',
      'mkdirp@0.5.1 -> minimist@0.0.8, minimist@1.2.8 prod 0.0.8',
    ]);
  });
});

describe('a graph of Yarn 2 and later with a catalog', () => {
  test('leads members to what the catalog says, where several versions are locked', async () => {
    const lock = `__metadata:
  version: 10
  cacheKey: 10c0

"a@workspace:packages/a":
  version: 0.0.0-use.local
  resolution: "a@workspace:packages/a"
  dependencies:
    minimist: "catalog:"
  languageName: unknown
  linkType: soft

"b@workspace:packages/b":
  version: 0.0.0-use.local
  resolution: "b@workspace:packages/b"
  dependencies:
    minimist: "npm:1.2.8"
  languageName: unknown
  linkType: soft

"minimist@npm:1.2.0":
  version: 1.2.0
  resolution: "minimist@npm:1.2.0"
  languageName: node
  linkType: hard

"minimist@npm:1.2.8":
  version: 1.2.8
  resolution: "minimist@npm:1.2.8"
  languageName: node
  linkType: hard

"r@workspace:.":
  version: 0.0.0-use.local
  resolution: "r@workspace:."
  languageName: unknown
  linkType: soft
`;
    const files = {
      'package.json': '{ "name": "r", "packageManager": "yarn@4.18.1", "workspaces": ["packages/*"] }',
      'packages/a/package.json': '{ "name": "a", "devDependencies": { "minimist": "catalog:" } }',
      'packages/b/package.json': '{ "name": "b", "dependencies": { "minimist": "1.2.8" } }',
      '.yarnrc.yml': 'catalog:\n  minimist: 1.2.0\n',
      'yarn.lock': lock,
    };
    const graph = await graphIn(files, 'yarn.lock');
    assert.deepEqual(edgesOf(graph), [
      '[packages/a] -> minimist@npm:1.2.0 dev catalog:',
      '[packages/b] -> minimist@npm:1.2.8 prod npm:1.2.8',
    ]);
    assert.deepEqual(packagesOf(graph), ['minimist@npm:1.2.0 dev', 'minimist@npm:1.2.8']);
  });
});

test('a folder that a linked folder links is found from that one', () => {
  const graph = graphOf(
    'yarn.lock',
    `__metadata:
  version: 10

"other@link:./sub::locator=por%40portal%3A.%2Fpor%3A%3Alocator%3Dshop%2540workspace%253A.":
  version: 0.0.0-use.local
  resolution: "other@link:./sub::locator=por%40portal%3A.%2Fpor%3A%3Alocator%3Dshop%2540workspace%253A."
  languageName: node
  linkType: soft

"por@portal:./por::locator=shop%40workspace%3A.":
  version: 0.0.0-use.local
  resolution: "por@portal:./por::locator=shop%40workspace%3A."
  dependencies:
    other: "link:./sub"
  languageName: node
  linkType: soft

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    por: "portal:./por"
  languageName: unknown
  linkType: soft
`,
    { '': { name: 'shop', dependencies: { por: 'portal:./por' } } },
  );
  assert.deepEqual(edgesOf(graph), ['[] -> [por] prod portal:./por', '[por] -> [por/sub] prod link:./sub']);
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
