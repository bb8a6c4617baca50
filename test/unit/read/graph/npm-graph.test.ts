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
    // Node finds nothing of the project from a folder outside it, such as `../tool`.
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
    assert.match(old.gaps.join(' '), /does not record what its packages depend on/);
  });
});
