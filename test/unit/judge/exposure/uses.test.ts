import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Uses, usesOf } from '../../../../server/src/core/judge/exposure/uses.ts';
import { buildGraph } from '../../../../server/src/core/read/graph/build-graph.ts';
import { readLockfile } from '../../../../server/src/core/read/lockfile/detect.ts';

type Sections = Readonly<Record<string, Readonly<Record<string, string>>>>;

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
}

/** Returns the uses of the packages in a lockfile, by the declarations of its importers. */
function usesIn(
  importers: Readonly<Record<string, Sections>>,
  locked: Readonly<Record<string, Locked>>,
  libraries: readonly string[] = [],
  fixtures: readonly string[] = [],
) {
  const packages = {
    ...importers,
    ...Object.fromEntries(
      Object.entries(locked).map(([name, rest]) => [`node_modules/${name}`, { version: '1.0.0', ...rest }]),
    ),
  };
  const text = JSON.stringify({ name: 'shop', lockfileVersion: 3, packages });
  const graph = buildGraph(readLockfile('file:///w/package-lock.json', text, 'package-lock'));
  const uses = usesOf(graph, graph.importers, {
    isFixture: (path) => fixtures.includes(path),
    isLibrary: (path) => libraries.includes(path),
  });
  return (kind: keyof Uses) => graph.packages.flatMap(({ name }, node) => (uses[kind](node) ? [name] : []));
}

const shipped = (importers: Readonly<Record<string, Sections>>, ...libraries: readonly string[]) =>
  usesIn(importers, { a: {}, b: {}, c: {}, vite: {} }, libraries)('isOfFrontEnd');

test('development dependencies are shipped by what declares nothing else, and is no root of a workspace', () => {
  assert.deepEqual(shipped({ '': { devDependencies: { a: '1' } } }), ['a']);
  assert.deepEqual(shipped({ '': { dependencies: { b: '1' }, devDependencies: { a: '1' } } }), []);
  const root = { devDependencies: { a: '1' } };
  const site = { devDependencies: { b: '1', vite: '1' } };
  assert.deepEqual(shipped({ '': root, 'packages/site': site }), ['b'], 'and not what builds it');
  assert.deepEqual(shipped({ '': root, 'packages/mocks': { devDependencies: { b: '1' } } }), []);
  for (const path of ['test/e2e', 'apps/web/e2e', 'packages/tests'])
    assert.deepEqual(shipped({ '': root, [path]: site }), [], path);
  assert.deepEqual(shipped({ '': root, 'packages/contest': site }), ['b']);
  assert.deepEqual(shipped({ '': root, 'packages/lib': { dependencies: { c: '1' } } }), []);
});

test('a published library ships none of its development dependencies, as root or as member', () => {
  const root = { devDependencies: { a: '1' } };
  const member = { devDependencies: { b: '1', vite: '1' } };
  assert.deepEqual(shipped({ '': root }, ''), []);
  assert.deepEqual(shipped({ '': root, 'packages/ui': member }, 'packages/ui'), []);
  assert.deepEqual(shipped({ '': root, 'packages/ui': member }, ''), ['b'], 'of what is a library itself');
});

const BUILT = {
  webpack: { dependencies: { braces: '1', lodash: '1' } },
  'css-loader': { peerDependencies: { webpack: '1' } },
  shop: { dependencies: { lodash: '1' }, peerDependencies: { webpack: '1' } },
  braces: {},
  lodash: {},
};

test('what only a development tool pulls in is for development, whichever section declares the tool', () => {
  const inSection = (section: string) =>
    usesIn({ '': { [section]: { webpack: '1', 'css-loader': '1' } } }, BUILT)('isOfTools');
  const all = ['webpack', 'css-loader', 'braces', 'lodash'];
  assert.deepEqual(inSection('dependencies'), all);
  assert.deepEqual(inSection('devDependencies'), all, 'in a project with these alone');
  assert.deepEqual(
    usesIn({ '': { dependencies: { shop: '1' }, devDependencies: { webpack: '1' } } }, BUILT)('isOfTools'),
    ['webpack', 'braces'],
    'a peer dependency pulls a tool in for development as well, and lodash is of shop too',
  );
});

test('what something else declares or pulls in as well is production', () => {
  const used = (dependencies: Readonly<Record<string, string>>) =>
    usesIn({ '': { dependencies } }, BUILT)('isOfTools');
  assert.deepEqual(used({ webpack: '1', lodash: '1' }), ['webpack', 'braces']);
  assert.deepEqual(used({ webpack: '1', shop: '1' }), ['webpack', 'braces']);
  assert.deepEqual(used({ next: '1' }), [], 'a framework that serves requests is no tool');
});

test('below a framework, what its bundler alone pulls in is for development', () => {
  const locked = { ...BUILT, next: { dependencies: { webpack: '1', shop: '1' } } };
  assert.deepEqual(usesIn({ '': { dependencies: { next: '1' } } }, locked)('isOfTools'), [
    'webpack',
    'braces',
  ]);
});

test('a tool is known by the package that its URL installs, not by the name of its folder', () => {
  const of = (resolved: string) =>
    usesIn(
      { '': { dependencies: { webpack: '1' } } },
      { ...BUILT, webpack: { ...BUILT.webpack, resolved } },
    )('isOfTools');
  assert.deepEqual(of('https://registry.example.test/webpack/-/webpack-1.0.0.tgz').length, 3);
  assert.deepEqual(of('https://registry.example.test/other/-/other-1.0.0.tgz'), []);
  assert.deepEqual(
    of('git+ssh://git@git.example.test/a/webpack.git#0123456789012345678901234567890123456789'),
    [],
  );
});

test('what something outside of fixtures uses has no use by a fixture', () => {
  const importers = {
    '': { devDependencies: { a: '1', b: '1' } },
    'examples/app': { dependencies: { a: '1', c: '1' } },
    'examples/site': { devDependencies: { b: '1', vite: '1' } },
  };
  const of = usesIn(importers, { a: {}, b: {}, c: {}, vite: {} }, [], ['examples/app', 'examples/site']);
  assert.deepEqual(of('isOfDevelopment'), ['a', 'b']);
  assert.deepEqual(of('isOfFrontEnd'), []);
  assert.deepEqual(of('isOfFixtures'), ['c', 'vite']);
  const own = usesIn(importers, { a: {}, b: {}, c: {}, vite: {} });
  assert.deepEqual(own('isOfDevelopment'), []);
  assert.deepEqual(own('isOfFrontEnd'), ['b']);
});
