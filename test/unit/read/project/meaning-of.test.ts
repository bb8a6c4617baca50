import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Manifest } from '../../../../server/src/core/read/manifest/manifest.ts';
import {
  lockedForCatalog,
  lockedVersion,
} from '../../../../server/src/core/read/project/locked/locked-dependency.ts';
import { meaningOf, meaningPlace } from '../../../../server/src/core/read/project/meaning-of.ts';
import { relativeUri } from '../../../../server/src/core/read/text/paths/uri.ts';
import { openFiles, ROOT } from '../../../workspace.ts';

type Files = Record<string, string | object>;

async function open(files: Files) {
  const texts = Object.entries(files).map(([path, content]): [string, string] => {
    return [path, typeof content === 'string' ? content : JSON.stringify(content, null, 2)];
  });
  const workspace = await openFiles(new Map(texts));
  const [first] = workspace.snapshot.projects;
  assert.ok(first);
  const { project, files: models } = first;
  const dependencyOf = (name: string, path: string) => {
    const manifest = models.get(workspace.uri(path)) as Manifest;
    const dependency = manifest.dependencies.find((item) => item.name === name);
    assert.ok(dependency, `${name} in ${path}`);
    return { manifest, dependency };
  };
  return {
    project,
    /** Returns the effective text, and its place if that is not in the manifest. */
    meaning(name: string, path = 'package.json') {
      const { manifest, dependency } = dependencyOf(name, path);
      const meaning = meaningOf(project, manifest.uri, dependency);
      const place = meaningPlace(project, meaning);
      const token =
        place === undefined
          ? ''
          : workspace.text(relativeUri(ROOT, place.uri))?.slice(place.span.start, place.span.end);
      const at = place === undefined ? '' : ` (${token} in ${relativeUri(ROOT, place.uri)})`;
      return `${meaning.isRemoved ? 'removed' : meaning.declared}${at}`;
    },
    target(name: string, path = 'package.json') {
      const { manifest, dependency } = dependencyOf(name, path);
      return meaningOf(project, manifest.uri, dependency).target;
    },
    locked(name: string, path = 'package.json') {
      const { manifest, dependency } = dependencyOf(name, path);
      return lockedVersion(project, manifest.uri, dependency);
    },
  };
}

describe('catalogs', () => {
  test('of pnpm stand in pnpm-workspace.yaml', async () => {
    const { meaning, target } = await open({
      'package.json': {
        packageManager: 'pnpm@11.0.0',
        dependencies: { a: 'catalog:', b: 'catalog:old', c: 'catalog:default', d: '^1.0.0', e: 'catalog:' },
      },
      'pnpm-workspace.yaml':
        'catalog:\n  a: ^1.2.3\n  c: npm:real@^3.0.0\ncatalogs:\n  old:\n    b: "0.9.0"\n',
    });
    assert.equal(meaning('a'), '^1.2.3 (^1.2.3 in pnpm-workspace.yaml)');
    assert.equal(meaning('b'), '0.9.0 ("0.9.0" in pnpm-workspace.yaml)');
    assert.equal(target('c'), 'real');
    assert.equal(meaning('d'), '^1.0.0');
    assert.equal(meaning('e'), 'catalog:');
  });

  test('of Yarn stand in .yarnrc.yml, the nearest first', async () => {
    const { meaning } = await open({
      'package.json': { packageManager: 'yarn@4.18.1', dependencies: { a: 'catalog:', b: 'catalog:x' } },
      '.yarnrc.yml': 'catalog:\n  a: ^1.0.0\ncatalogs:\n  x:\n    b: ^2.0.0\n',
    });
    assert.equal(meaning('a'), '^1.0.0 (^1.0.0 in .yarnrc.yml)');
    assert.equal(meaning('b'), '^2.0.0 (^2.0.0 in .yarnrc.yml)');
  });

  test('of Bun stand in package.json, at its top or in `workspaces`', async () => {
    const { meaning } = await open({
      'package.json': {
        packageManager: 'bun@1.4.5',
        workspaces: { packages: ['packages/*'], catalog: { a: '^1.0.0' }, catalogs: { x: { b: '^2.0.0' } } },
        catalog: { c: '^3.0.0' },
      },
      'packages/m/package.json': { dependencies: { a: 'catalog:', b: 'catalog:x', c: 'catalog:' } },
    });
    const at = 'packages/m/package.json';
    assert.equal(meaning('a', at), '^1.0.0 ("^1.0.0" in package.json)');
    assert.equal(meaning('b', at), '^2.0.0 ("^2.0.0" in package.json)');
    assert.equal(meaning('c', at), '^3.0.0 ("^3.0.0" in package.json)');
  });

  test('are nothing to npm', async () => {
    const { meaning } = await open({
      'package.json': { packageManager: 'npm@11.0.0', catalog: { a: '1' }, dependencies: { a: 'catalog:' } },
    });
    assert.equal(meaning('a'), 'catalog:');
  });
});

describe('overrides', () => {
  test('of npm count for members, and not for what the root itself declares', async () => {
    const { meaning } = await open({
      'package.json': {
        workspaces: ['m'],
        dependencies: { a: '^1.0.0', ref: '^7.0.0' },
        overrides: {
          a: '1.5.0',
          'b@^2': '2.9.0',
          c: { '.': '3.0.0', a: '9.0.0' },
          m: { d: '4.4.4' },
          e: '$ref',
        },
      },
      'm/package.json': {
        name: 'm',
        dependencies: { a: '^1.0.0', b: '^1.0.0', c: '^3.0.0', d: '^4.0.0', e: '^1.0.0' },
        devDependencies: { b2: 'npm:b@^2.0.0' },
        peerDependencies: { ref: '*' },
      },
    });
    assert.equal(meaning('a'), '^1.0.0');
    assert.equal(meaning('a', 'm/package.json'), '1.5.0 ("1.5.0" in package.json)');
    assert.equal(meaning('b', 'm/package.json'), '^1.0.0');
    assert.equal(meaning('c', 'm/package.json'), '3.0.0 ("3.0.0" in package.json)');
    assert.equal(meaning('d', 'm/package.json'), '4.4.4 ("4.4.4" in package.json)');
    assert.equal(meaning('e', 'm/package.json'), '^7.0.0 ("$ref" in package.json)');
  });

  test('of pnpm count for all, those below a parent and the narrowest first', async () => {
    const { meaning } = await open({
      'package.json': {
        name: 'root',
        packageManager: 'pnpm@10.20.0',
        dependencies: {
          a: '^1.0.0',
          b: '^1.0.0',
          c: '^1.0.0',
          d: '^1.0.0',
          e: '^1.0.0',
          f: '^1.0.0',
          g: '^1.0.0',
        },
        resolutions: { g: '7.0.0' },
        pnpm: { overrides: { f: '6.0.0' } },
        peerDependencies: { h: '^1.0.0' },
      },
      'pnpm-workspace.yaml': [
        'overrides:',
        "  a: '2.0.0'",
        "  a@^1: '1.9.0'",
        "  b@^2: '2.0.0'",
        "  root>c: '3.0.0'",
        "  other>c: '4.0.0'",
        "  d: '-'",
        "  e: 'catalog:'",
        "  h: '8.0.0'",
        'catalog:',
        '  e: ^5.0.0',
        '',
      ].join('\n'),
    });
    assert.equal(meaning('a'), "1.9.0 ('1.9.0' in pnpm-workspace.yaml)");
    assert.equal(meaning('b'), '^1.0.0');
    assert.equal(meaning('c'), "3.0.0 ('3.0.0' in pnpm-workspace.yaml)");
    assert.equal(meaning('d'), "removed ('-' in pnpm-workspace.yaml)");
    assert.equal(meaning('e'), "^5.0.0 ('catalog:' in pnpm-workspace.yaml)");
    assert.equal(meaning('f'), '6.0.0 ("6.0.0" in package.json)');
    assert.equal(meaning('g'), '7.0.0 ("7.0.0" in package.json)');
    assert.equal(meaning('h'), '^1.0.0');
  });

  test("of package.json's `pnpm` count no longer from pnpm 11 on", async () => {
    const { meaning, project } = await open({
      'package.json': {
        packageManager: 'pnpm@11.0.0',
        dependencies: { a: '^1.0.0' },
        pnpm: { overrides: { a: '6.0.0' } },
      },
    });
    assert.equal(meaning('a'), '^1.0.0');
    assert.deepEqual(
      project.overrides.entries.map(({ field, counts }) => [field, counts]),
      [['pnpm.overrides', false]],
    );
  });

  test('of Yarn 2 and later are compared as they are written', async () => {
    const { meaning } = await open({
      'package.json': {
        name: 'root',
        packageManager: 'yarn@4.18.1',
        dependencies: { a: '^1.0.0', b: '^1.0.0', c: '^1.0.0', d: '^1.0.0' },
        resolutions: { a: '1.5.0', 'b@npm:^1.0.0': '1.6.0', 'root/c': '1.7.0', 'other/d': '1.8.0' },
        overrides: { d: '9.9.9' },
      },
    });
    assert.equal(meaning('a'), '1.5.0 ("1.5.0" in package.json)');
    assert.equal(meaning('b'), '1.6.0 ("1.6.0" in package.json)');
    assert.equal(meaning('c'), '1.7.0 ("1.7.0" in package.json)');
    assert.equal(meaning('d'), '^1.0.0');
  });

  test('of Yarn 1 are paths, and of Bun names', async () => {
    const root = {
      packageManager: 'yarn@1.22.22',
      dependencies: { a: '^1.0.0', b: '^1.0.0', c: '^1.0.0' },
      resolutions: { a: '1.5.0', '**/b': '1.6.0', 'x/c': '1.7.0' },
    };
    const alone = await open({ 'package.json': root });
    for (const name of ['a', 'b', 'c']) assert.equal(alone.meaning(name), '^1.0.0');
    const classic = await open({ 'package.json': { ...root, private: true, workspaces: ['packages/*'] } });
    assert.equal(classic.meaning('a'), '1.5.0 ("1.5.0" in package.json)');
    assert.equal(classic.meaning('b'), '1.6.0 ("1.6.0" in package.json)');
    assert.equal(classic.meaning('c'), '^1.0.0');
    const bun = await open({
      'package.json': {
        packageManager: 'bun@1.4.5',
        dependencies: { a: '^1.0.0', b: '^1.0.0' },
        overrides: { a: '1.5.0' },
        resolutions: { b: '1.6.0' },
      },
    });
    assert.equal(bun.meaning('a'), '1.5.0 ("1.5.0" in package.json)');
    assert.equal(bun.meaning('b'), '1.6.0 ("1.6.0" in package.json)');
  });
});

describe('what is locked', () => {
  test('for a dependency on a catalog', async () => {
    const { locked, project } = await open({
      'package.json': { packageManager: 'pnpm@10.0.0', dependencies: { a: 'catalog:' } },
      'pnpm-workspace.yaml': 'catalog:\n  a: npm:real@^1.0.0\n',
      'pnpm-lock.yaml': `lockfileVersion: '9.0'

catalogs:
  default:
    a:
      specifier: npm:real@^1.0.0
      version: 1.4.0

importers:

  .:
    dependencies:
      a:
        specifier: 'catalog:'
        version: real@1.4.0

packages:

  real@1.4.0:
    resolution: {integrity: sha512-AAAA}

snapshots:

  real@1.4.0: {}
`,
    });
    assert.equal(locked('a'), '1.4.0');
    assert.equal(
      lockedForCatalog(project, { catalog: 'default', name: 'a', declared: 'npm:real@^1.0.0' })?.version
        ?.value,
      '1.4.0',
    );
    assert.equal(lockedForCatalog(project, { catalog: 'x', name: 'a', declared: '^1.0.0' }), undefined);
  });

  const CLASSIC = (...keys: readonly string[]) => `# yarn lockfile v1


${keys.map((key) => JSON.stringify(key)).join(', ')}:
  version "1.5.0"
  resolved "https://registry.public.example.test/a/-/a-1.5.0.tgz#0000000000000000000000000000000000000000"

a@^2.0.0:
  version "2.0.0"
  resolved "https://registry.public.example.test/a/-/a-2.0.0.tgz#0000000000000000000000000000000000000000"
`;

  test('for a dependency that `resolutions` of Yarn 1 replace, whichever key its lockfile has', async () => {
    for (const key of ['a@1.5.0', 'a@^1.0.0']) {
      const { locked } = await open({
        'package.json': {
          packageManager: 'yarn@1.22.22',
          private: true,
          workspaces: ['packages/*'],
          dependencies: { a: '^1.0.0' },
          resolutions: { a: '1.5.0' },
        },
        'yarn.lock': CLASSIC(key),
      });
      assert.equal(locked('a'), '1.5.0', key);
    }
  });

  test('for what members of Yarn 1 declare differently', async () => {
    const { locked } = await open({
      'package.json': { private: true, packageManager: 'yarn@1.22.22', workspaces: ['m', 'n'] },
      'm/package.json': { name: 'm', version: '1.0.0', dependencies: { a: '^1.0.0' } },
      'n/package.json': { name: 'n', version: '1.0.0', dependencies: { a: '^2.0.0' } },
      'yarn.lock': CLASSIC('a@^1.0.0'),
    });
    assert.equal(locked('a', 'm/package.json'), '1.5.0');
    assert.equal(locked('a', 'n/package.json'), '2.0.0');
  });
});
