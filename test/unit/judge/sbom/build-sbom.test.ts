import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSbom } from '../../../../server/src/core/judge/sbom/build-sbom.ts';
import type { Sbom } from '../../../../server/src/core/read/sbom/sbom.ts';
import { graphOf } from '../../read/graph/graph-of.ts';

const SHA512 = `sha512-${Buffer.alloc(64, 1).toString('base64')}`;

function sbomOf(
  name: string,
  content: string | object,
  manifests: Readonly<Record<string, object>> = {},
): Sbom {
  return buildSbom({
    graph: graphOf(name, content, manifests),
    ...{ omitsDev: false, unread: [] },
    licenseOf: () => undefined,
    licenseOfMember: () => undefined,
  });
}

const NPM = {
  lockfileVersion: 3,
  packages: {
    '': {
      ...{ name: 'shop', version: '2.0.0', license: 'MIT', workspaces: ['packages/*'] },
      dependencies: { a: '^1.0.0', alias: 'npm:@acme/real@^3.0.0' },
      devDependencies: { tool: '1.0.0' },
      optionalDependencies: { fast: '1.0.0' },
    },
    'node_modules/a': {
      version: '1.0.0',
      resolved: 'https://bot:hunter22secret@registry.example.test/a/-/a-1.0.0.tgz',
      ...{ integrity: SHA512, license: 'ISC', dependencies: { b: '1.0.0' } },
    },
    'node_modules/alias': { name: '@acme/real', version: '3.0.0' },
    'node_modules/b': { version: '1.0.0', dev: true },
    'node_modules/a/node_modules/b': { version: '1.0.0' },
    'node_modules/member': { resolved: 'packages/member', link: true },
    'packages/member': { name: 'member', version: '1.0.0', dependencies: { a: '*' } },
    'node_modules/tool': { version: '1.0.0', dev: true, dependencies: { b: '1.0.0' } },
    'node_modules/fast': { version: '1.0.0', optional: true, inBundle: false },
  },
};

test('instances of a package are one component, needed if any of them is', () => {
  const { root, components } = sbomOf('package-lock.json', NPM);
  assert.deepEqual(
    components.map(({ ref, scope, kind }) => `${kind} ${scope} ${ref}`),
    [
      'package required pkg:npm/%40acme/real@3.0.0',
      'package required pkg:npm/a@1.0.0',
      'package required pkg:npm/b@1.0.0',
      'package optional pkg:npm/fast@1.0.0',
      'member required pkg:npm/member@1.0.0',
      'package excluded pkg:npm/tool@1.0.0',
    ],
  );
  assert.deepEqual(
    [root.name, root.version, root.license, root.dependencies.map(({ ref, kind }) => `${kind} ${ref}`)],
    [
      'shop',
      '2.0.0',
      'MIT',
      [
        'prod pkg:npm/%40acme/real@3.0.0',
        'prod pkg:npm/a@1.0.0',
        'optional pkg:npm/fast@1.0.0',
        'prod pkg:npm/member@1.0.0',
        'dev pkg:npm/tool@1.0.0',
      ],
    ],
  );
});

test('hashes are hexadecimal, and URLs have no credentials', () => {
  const a = sbomOf('package-lock.json', NPM).components.find(({ name }) => name === 'a');
  assert.deepEqual(a?.hashes, [{ algorithm: 'sha512', digest: '01'.repeat(64) }]);
  assert.equal(a?.distribution, 'https://registry.example.test/a/-/a-1.0.0.tgz');
  assert.equal(a?.license, 'ISC');
});

test('git repositories, archives and files are qualifiers', () => {
  const { components } = sbomOf('package-lock.json', {
    lockfileVersion: 3,
    packages: {
      '': { dependencies: { g: 'acme/g', t: 'https://files.example.test/t.tgz', f: 'file:vendor/f.tgz' } },
      'node_modules/g': {
        version: '1.0.0',
        resolved: `git+ssh://git@github.com/acme/g.git#${'0123456789'.repeat(4)}`,
      },
      'node_modules/t': { version: '1.0.0', resolved: 'https://files.example.test/t.tgz' },
      'node_modules/f': { version: '1.0.0', resolved: 'file:vendor/f.tgz' },
    },
  });
  assert.deepEqual(
    components.map(({ purl }) => purl),
    [
      'pkg:npm/f@1.0.0?download_url=file:vendor%2Ff.tgz',
      `pkg:npm/g@1.0.0?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Facme%2Fg%40${'0123456789'.repeat(4)}`,
      'pkg:npm/t@1.0.0?download_url=https:%2F%2Ffiles.example.test%2Ft.tgz',
    ],
  );
  assert.equal(components[1]?.repository, `git+https://github.com/acme/g@${'0123456789'.repeat(4)}`);
});

test("Yarn's checksums are of its own zip, and no hash of the package", () => {
  const { components } = sbomOf(
    'yarn.lock',
    `__metadata:
  version: 8
  cacheKey: 10

"a@npm:^1.0.0":
  version: 1.0.0
  resolution: "a@npm:1.0.0"
  checksum: 10/${'ab'.repeat(64)}
  languageName: node
  linkType: hard

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    a: "npm:^1.0.0"
  languageName: unknown
  linkType: soft
`,
  );
  assert.deepEqual(
    components.map(({ purl, hashes }) => ({ purl, hashes })),
    [{ purl: 'pkg:npm/a@1.0.0', hashes: [] }],
  );
});

test('a member with the name and version of a package stays apart from it', () => {
  const { components } = sbomOf('package-lock.json', {
    lockfileVersion: 3,
    packages: {
      '': { name: 'shop', workspaces: ['x'], dependencies: { a: '1.0.0' } },
      'node_modules/b': { resolved: 'x', link: true },
      x: { name: 'a', version: '1.0.0' },
      'node_modules/a': { version: '1.0.0' },
    },
  });
  assert.deepEqual(
    components.map(({ ref, purl, kind }) => [ref, purl, kind]),
    [
      ['pkg:npm/a@1.0.0', 'pkg:npm/a@1.0.0', 'member'],
      ['pkg:npm/a@1.0.0#registry', 'pkg:npm/a@1.0.0', 'package'],
    ],
  );
});

test('without development dependencies, what anything else needs stays', () => {
  const graph = graphOf('package-lock.json', NPM);
  const { root, components } = buildSbom({
    ...{ graph, omitsDev: true, unread: [], licenseOf: () => undefined, licenseOfMember: () => undefined },
  });
  assert.ok(components.every(({ name }) => name !== 'tool'));
  assert.ok(components.some(({ name }) => name === 'b'));
  assert.ok(root.dependencies.every(({ ref }) => !ref.includes('tool')));
  const both = graphOf('package-lock.json', {
    lockfileVersion: 3,
    packages: {
      '': { dependencies: { a: '1' }, devDependencies: { b: '1' } },
      'node_modules/a': { version: '1.0.0', dependencies: { b: '1' } },
      'node_modules/b': { version: '1.0.0' },
    },
  });
  const left = buildSbom({
    ...{
      graph: both,
      omitsDev: true,
      unread: [],
      licenseOf: () => undefined,
      licenseOfMember: () => undefined,
    },
  });
  assert.deepEqual(
    left.root.dependencies.map(({ ref }) => ref),
    ['pkg:npm/a@1.0.0'],
  );
});

test('what the lockfile does not record is said', () => {
  const { missingComponents, missingDependencies } = sbomOf(
    'yarn.lock',
    '# yarn lockfile v1\n\n\na@^1.0.0:\n  version "1.0.0"\n',
  );
  assert.deepEqual(missingComponents, []);
  assert.match(missingDependencies.join(' '), /No package\.json was read/);
});

test('a runtime that pnpm installs is not the package of that name', () => {
  const { components } = sbomOf(
    'pnpm-lock.yaml',
    `lockfileVersion: '9.0'

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
            bin: bin/node
            integrity: sha256-aiblNEH7fhCX+gsZYWAAoDCpuWFW6xWg/iJoLP3xmtI=
            type: binary
            url: https://runtimes.example.test/node-v26.7.0.tar.gz
          targets:
            - cpu: x64
              os: linux
    version: 26.7.0

snapshots:

  node@runtime:26.7.0: {}
`,
  );
  assert.deepEqual(
    components.map(({ purl, hashes }) => ({ purl, hashes })),
    [{ purl: 'pkg:generic/node@26.7.0', hashes: [] }],
  );
});
