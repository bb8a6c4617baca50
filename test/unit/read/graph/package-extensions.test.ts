import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readYarnrc } from '../../../../server/src/core/read/config/yarn/read-yarnrc.ts';
import { buildGraph } from '../../../../server/src/core/read/graph/build-graph.ts';
import type { DependencyGraph } from '../../../../server/src/core/read/graph/dependency-graph.ts';
import { type LockfileName, readLockfile } from '../../../../server/src/core/read/lockfile/detect.ts';
import type { PackageManager } from '../../../../server/src/core/read/manager/package-manager.ts';
import { readManifest } from '../../../../server/src/core/read/manifest/read-manifest.ts';
import { extendedEdges } from '../../../../server/src/core/read/project/overrides/extended-edges.ts';
import { edgesOf } from './graph-of.ts';

function managerOf(name: PackageManager['name'], generation?: 'classic' | 'berry'): PackageManager {
  return { name, version: undefined, because: 'lockfile', versionFrom: undefined, generation };
}

/** Returns the additions by the given .yarnrc.yml files, nearest first. */
function extendedBy(...settings: readonly string[]): ReturnType<typeof extendedEdges> {
  const yarnrcs = settings.map((text) => readYarnrc('file:///shop/.yarnrc.yml', text, 'project'));
  return extendedEdges({ manager: managerOf('yarn', 'berry'), yarnrcs });
}

function berryEntry(name: string, version: string, more: readonly string[] = []): string {
  const lines = [`version: ${version}`, `resolution: "${name}@npm:${version}"`, ...more, 'linkType: hard'];
  return `\n"${name}@npm:^${version}":\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

function berryGraph(entries: string, ...settings: readonly string[]): DependencyGraph {
  const root = `
"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    a: "npm:^1.0.0"
    core: "npm:^7.0.0"
  linkType: soft
`;
  const text = `__metadata:\n  version: 8\n${entries}${root}`;
  const lockfile = readLockfile('file:///shop/yarn.lock', text, 'yarn');
  assert.equal(lockfile.status, 'checked', lockfile.reason);
  const manifest = readManifest(
    'file:///shop/package.json',
    JSON.stringify({ name: 'shop', version: '3.1.0', dependencies: { a: '^1.0.0', core: '^7.0.0' } }),
  );
  return buildGraph(lockfile, {
    manifests: new Map([['', manifest]]),
    extended: extendedBy(...settings),
  });
}

describe('packageExtensions of Yarn', () => {
  const entries =
    berryEntry('a', '1.0.0', ['dependencies:', '  b: "npm:^1.0.0"']) +
    berryEntry('b', '1.0.0') +
    berryEntry('b', '2.0.0') +
    berryEntry('c', '1.0.0') +
    berryEntry('core', '7.0.0');
  const plain = [
    '[] -> a@npm:1.0.0 prod npm:^1.0.0',
    '[] -> core@npm:7.0.0 prod npm:^7.0.0',
    'a@npm:1.0.0 -> b@npm:1.0.0 prod npm:^1.0.0',
  ];

  test('add dependencies and peers to a package, and replace none that it declares', () => {
    const settings = `packageExtensions:
  "a@^1.0.0":
    dependencies:
      b: ^2.0.0
      c: ^1.0.0
      gone: ^1.0.0
    peerDependencies:
      core: "*"
`;
    const extended = [
      ...plain.slice(0, 2),
      'a@npm:1.0.0 -> b@npm:1.0.0 prod npm:^1.0.0',
      'a@npm:1.0.0 -> c@npm:1.0.0 prod ^1.0.0',
      'a@npm:1.0.0 -> core@npm:7.0.0 peer *',
    ];
    assert.deepEqual(edgesOf(berryGraph(entries)), plain);
    assert.deepEqual(edgesOf(berryGraph(entries, settings)), extended);
    assert.deepEqual(edgesOf(berryGraph(entries, '', settings)), extended);
  });

  test('add to a member by the version in its manifest', () => {
    const settings = 'packageExtensions:\n  "shop@^3.0.0":\n    dependencies: { c: ^1.0.0 }\n';
    assert.ok(edgesOf(berryGraph(entries, settings)).includes('[] -> c@npm:1.0.0 prod ^1.0.0'));
    assert.deepEqual(edgesOf(berryGraph(entries, settings.replace('^3', '^0'))), plain);
  });

  test('hold for the versions in their range, prereleases as if they were none', () => {
    const holds = (range: string, version: string | undefined) => {
      const extended = extendedBy(`packageExtensions:\n  "a@${range}":\n    dependencies: { b: 1 }\n`);
      return (extended?.('a', version, []) ?? []).map(({ name, specifier }) => `${name} ${specifier.value}`);
    };
    const cases: readonly (readonly [string, string | undefined, boolean])[] = [
      ['*', '1.0.0', true],
      ['*', '0.0.0-use.local', true],
      ['^1.0.0', '1.9.0', true],
      ['^1.0.0', '2.0.0', false],
      ['^7.0.0', '7.0.0-rc.1', true],
      ['^7.0.0', '8.0.0-rc.1', false],
      ['7.0.0-rc.2', '7.0.0-rc.1', true],
      ['>=2.0.0-beta <3 || 5.x', '2.0.0-alpha', true],
      ['>=2.0.0-beta <3 || 5.x', '5.1.0', true],
      ['*', undefined, false],
      ['*', 'none', false],
      ['latest', '1.0.0', false],
    ];
    for (const [range, version, isHeld] of cases) {
      assert.deepEqual(holds(range, version), isHeld ? ['b 1'] : [], `${version} in ${range}`);
    }
  });

  test('a selector without a range, and one of another name, add nothing', () => {
    assert.equal(extendedBy('packageExtensions:\n  a:\n    dependencies: { b: "1" }\n'), undefined);
    const edges = [] as const;
    const extended = extendedBy('packageExtensions:\n  "@s/a@*":\n    dependencies: { b: "1" }\n');
    assert.equal(extended?.('a', '1.0.0', edges), edges);
    assert.equal(extended?.('@s/a', '1.0.0', edges).length, 1);
  });

  test('of several that add one name, the first of the nearest file counts', () => {
    const line = (range: string, to: string) =>
      `packageExtensions:\n  "a@${range}":\n    dependencies: { b: "${to}" }\n`;
    const [added, ...more] = extendedBy(line('^1', '1'), line('*', '2'))?.('a', '1.0.0', []) ?? [];
    assert.deepEqual([added?.specifier.value, more], ['1', []]);
  });

  test('make a peer one that may be missing, and say where that stands', () => {
    const text = `packageExtensions:
  "a@*":
    peerDependencies: { core: null, other: ^2.0.0 }
    peerDependenciesMeta:
      declared: { optional: true }
      other: { optional: true }
`;
    const span = { start: 0, end: 1 };
    const declared = {
      section: 'peerDependencies',
      name: 'declared',
      nameSpan: span,
      specifier: { value: '^1', span },
      optional: false,
    } as const;
    const edges = extendedBy(text)?.('a', '1.0.0', [declared]) ?? [];
    assert.deepEqual(
      edges.map(({ name, specifier, optional }) => [name, specifier.value, optional]),
      [
        ['declared', '^1', true],
        ['core', '*', false],
        ['other', '^2.0.0', true],
      ],
    );
    assert.deepEqual(
      edges
        .slice(1)
        .map(({ nameSpan, specifier }) => [
          text.slice(nameSpan.start, nameSpan.end),
          text.slice(specifier.span.start, specifier.span.end),
        ]),
      [
        ['core', 'null'],
        ['other', '^2.0.0'],
      ],
    );
  });

  test('a package that only an extension needs beside its patched copy stays', () => {
    const patched = `
"b@patch:b@npm%3A^1.0.0#./b.patch::locator=shop%40workspace%3A.":
  version: 1.0.0
  resolution: "b@patch:b@npm%3A1.0.0#./b.patch::version=1.0.0&hash=aaaaaa&locator=shop%40workspace%3A."
  linkType: hard
`;
    const lock = berryEntry('a', '1.0.0') + berryEntry('b', '1.0.0') + berryEntry('core', '7.0.0') + patched;
    const settings = 'packageExtensions:\n  "a@*":\n    dependencies: { b: ^1.0.0 }\n';
    const ids = ({ packages }: DependencyGraph) => packages.map(({ id }) => id);
    assert.ok(!ids(berryGraph(lock)).includes('b@npm:1.0.0'));
    assert.ok(ids(berryGraph(lock, settings)).includes('b@npm:1.0.0'));
  });

  test('Yarn 1 has none', () => {
    const yarnrcs = [
      readYarnrc(
        'file:///shop/.yarnrc.yml',
        'packageExtensions:\n  "a@*":\n    dependencies: { b: "1" }\n',
        'project',
      ),
    ];
    assert.equal(extendedEdges({ manager: managerOf('yarn', 'classic'), yarnrcs }), undefined);
    assert.notEqual(extendedEdges({ manager: managerOf('yarn'), yarnrcs }), undefined);
  });
});

/** Their lockfiles contain the result, so that a graph needs only the lockfile. */
describe('packageExtensions of other package managers', () => {
  const graphOf = (name: string, kind: LockfileName, text: string) => {
    const lockfile = readLockfile(`file:///shop/${name}`, text, kind);
    assert.equal(lockfile.status, 'checked', lockfile.reason);
    return buildGraph(lockfile);
  };

  test('pnpm writes the dependency into the snapshot and the peer into the package', () => {
    const text = `lockfileVersion: '9.0'

packageExtensionsChecksum: sha256-AAAA

importers:

  .:
    dependencies:
      a:
        specifier: ^1.0.0
        version: 1.0.0(core@7.0.0)
      core:
        specifier: ^7.0.0
        version: 7.0.0

packages:

  a@1.0.0:
    resolution: {integrity: sha512-AAAA}
    peerDependencies:
      core: '*'

  c@1.0.0:
    resolution: {integrity: sha512-AAAA}

  core@7.0.0:
    resolution: {integrity: sha512-AAAA}

snapshots:

  a@1.0.0(core@7.0.0):
    dependencies:
      c: 1.0.0
      core: 7.0.0

  c@1.0.0: {}

  core@7.0.0: {}
`;
    assert.deepEqual(edgesOf(graphOf('pnpm-lock.yaml', 'pnpm', text)), [
      '[] -> a@1.0.0(core@7.0.0) prod ^1.0.0',
      '[] -> core@7.0.0 prod ^7.0.0',
      'a@1.0.0(core@7.0.0) -> c@1.0.0 prod 1.0.0',
      'a@1.0.0(core@7.0.0) -> core@7.0.0 peer *',
    ]);
    const yarnrcs = [
      readYarnrc(
        'file:///shop/.yarnrc.yml',
        'packageExtensions:\n  "a@*":\n    dependencies: { b: "1" }\n',
        'project',
      ),
    ];
    assert.equal(extendedEdges({ manager: managerOf('pnpm'), yarnrcs }), undefined);
  });

  test('npm 12 writes it into the entry', () => {
    const packages = {
      '': { name: 'shop', dependencies: { a: '^1.0.0' } },
      'node_modules/a': {
        version: '1.0.0',
        dependencies: { c: '^1.0.0' },
        packageExtensionsApplied: { selector: 'a@1', dependencies: ['c'] },
      },
      'node_modules/c': { version: '1.0.0' },
    };
    const text = JSON.stringify({ lockfileVersion: 4, packageExtensionsHash: 'sha512-AAAA', packages });
    assert.deepEqual(edgesOf(graphOf('package-lock.json', 'package-lock', text)), [
      '[] -> node_modules/a prod ^1.0.0',
      'node_modules/a -> node_modules/c prod ^1.0.0',
    ]);
  });
});
