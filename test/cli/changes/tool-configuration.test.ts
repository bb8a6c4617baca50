import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Files, NPM, SHOP } from './changed-code.ts';
import { foundSince, foundTogether } from './found-since.ts';

const withScript = (script: string, other: object = {}): Files => ({
  ...NPM,
  'package.json': { ...SHOP, ...other, scripts: { prepare: script } },
});
const manifest = (script: string, other: object = {}) => withScript(script, other)['package.json']!;

/** Each with its files, and the one of them that changes. */
const RUN: readonly (readonly [string, Files, string])[] = [
  ['rollup -c', { 'rollup.config.mjs': 'a\n' }, 'rollup.config.mjs'],
  [
    'npx rollup -c',
    { 'rollup.config.js': "import './build/plugin.js'\n", 'build/plugin.js': 'a\n' },
    'build/plugin.js',
  ],
  ['cd web && pnpm exec vite build', { 'web/vite.config.ts': 'a\n' }, 'web/vite.config.ts'],
  ['node node_modules/webpack/bin/webpack.js', { 'webpack.config.js': 'a\n' }, 'webpack.config.js'],
  ['nuxt prepare', { 'nuxt.config.ts': 'a\n' }, 'nuxt.config.ts'],
  [
    'babel src -d lib',
    { '.babelrc': '{"plugins":["./tools/plugin.js"]}', 'tools/plugin.js': 'a\n' },
    'tools/plugin.js',
  ],
  [
    'ts-node setup.ts',
    { 'tsconfig.json': '{"ts-node":{"require":["./hook.js"]}}', 'hook.js': 'a\n' },
    'hook.js',
  ],
  ['deno task setup', { 'deno.json': '{"tasks":{"setup":"sh ./x.sh"}}', 'x.sh': 'a\n' }, 'x.sh'],
  [
    'tsx setup.ts',
    {
      'setup.ts': "import '@/a';\n",
      'tsconfig.json': '{"extends":"./base.json"}',
      'base.json': '{"compilerOptions":{"paths":{"@/*":["./src/*"]}}}',
      'src/a.ts': 'a\n',
    },
    'src/a.ts',
  ],
];

/** The script, the file before and after. */
const CONTENTS: readonly (readonly [string, string, string, string])[] = [
  [
    'prisma generate',
    'prisma/schema.prisma',
    'generator a { provider = "a" }\n',
    'generator a { provider = "sh -c b" }\n',
  ],
  ['ts-node setup.ts', 'tsconfig.json', '{}', '{"ts-node":{"require":["b"]}}'],
  ['deno task setup', 'deno.json', '{"tasks":{"setup":"a"}}', '{"tasks":{"setup":"b"}}'],
  [
    'lerna bootstrap',
    'lerna.json',
    '{"version":"1.0.0"}',
    '{"version":"1.0.0","command":{"bootstrap":{"a":"b"}}}',
  ],
];

describe('configuration of a tool that an install script calls', () => {
  const ofFiles = foundTogether(
    RUN.map(([script, files, path]) => ({
      base: { ...withScript(script), ...files },
      change: { [path]: 'b\n' },
    })),
  );
  for (const [index, [script, , path]] of RUN.entries())
    test(`${script}: ${path}`, () => {
      assert.deepEqual(ofFiles(index, path), [`package.json "${script}" warning`]);
    });

  const ofContents = foundTogether(
    CONTENTS.map(([script, path, before, after]) => ({
      base: { ...withScript(script), [path]: before },
      change: { [path]: after },
    })),
  );
  for (const [index, [script, path]] of CONTENTS.entries())
    test(`${script}: ${path} by its contents`, () => {
      assert.deepEqual(ofContents(index, path), [`package.json "${script}" warning`]);
    });

  test('that an option names', () => {
    const script = 'prisma generate --schema=db/a.prisma';
    const base = { ...withScript(script), 'db/a.prisma': 'generator a {\n}\n' };
    const change = { 'db/a.prisma': 'generator a {\n  output = "}"\n  provider = "b"\n}\n' };
    assert.deepEqual(foundSince(base, change, 'db/a.prisma'), [`package.json "${script}" warning`]);
  });

  test('through a script of the install', () => {
    const scripts = { prepare: 'npm run build', build: 'rollup --config' };
    const base = { ...NPM, 'package.json': { ...SHOP, scripts }, 'rollup.config.mjs': 'a\n' };
    assert.deepEqual(foundSince(base, { 'rollup.config.mjs': 'b\n' }), [
      'package.json "rollup --config" warning',
    ]);
  });

  test('wireit in package.json', () => {
    const field = (command: string) => ({ wireit: { build: { command } } });
    const found = foundSince(
      withScript('wireit', field('a')),
      { 'package.json': manifest('wireit', field('b')) },
      'package.json',
    );
    assert.deepEqual(found, ['package.json "command" warning']);
    const base = { ...withScript('wireit', field('node a.js')), 'a.js': 'a\n' };
    assert.deepEqual(foundSince(base, { 'a.js': 'b\n' }), ['package.json "wireit" warning']);
  });

  test("nx in a member's package.json", () => {
    const member = (command: string) => ({ name: 'm', nx: { targets: { build: { command } } } });
    const base = {
      ...withScript('nx run-many -t build', { workspaces: ['m'] }),
      'm/package.json': member('a'),
    };
    assert.deepEqual(foundSince(base, { 'm/package.json': member('b') }, 'm/package.json'), [
      'm/package.json "command" warning',
    ]);
  });

  test('imports of package.json, where what an install runs loads by them', () => {
    const field = (path: string) => ({ imports: { '#lib/*': path } });
    const base = {
      ...withScript('node a.js', field('./lib/*.js')),
      'a.js': "import '#lib/b';\n",
      'lib/b.js': 'a\n',
    };
    assert.deepEqual(foundSince(base, { 'lib/b.js': 'b\n' }, 'lib/b.js'), [
      'package.json "node a.js" warning',
    ]);
    const change = { 'package.json': manifest('node a.js', field('./other/*.js')) };
    assert.deepEqual(foundSince(base, change, 'package.json'), ['package.json "#lib/*" warning']);
  });

  test('files that binding.gyp names', () => {
    const base: Files = {
      ...NPM,
      'binding.gyp': `{'includes':['common.gypi'],'targets':[{'sources':['<!@(node tools/list.js)','a.cc']}]}\n`,
      ...{ 'common.gypi': "{'variables':{'b':'<!(sh ./tools/b)'}}\n", 'tools/list.js': 'a\n' },
      ...{ 'tools/b': '#!/bin/sh\n', 'a.cc': 'a\n' },
    };
    for (const path of ['common.gypi', 'tools/list.js', 'tools/b'])
      assert.equal(foundSince(base, { [path]: 'b\n' }, path).length, 1, path);
    assert.deepEqual(foundSince(base, { 'a.cc': 'b\n' }), []);
  });

  test('a file that Windows takes for the program', () => {
    const base = { ...withScript('npx tsc'), 'tsc.js': 'a\n' };
    for (const path of ['tsc.cmd', 'NPX.bat', 'npx.js'])
      assert.deepEqual(foundSince(base, { [path]: 'b\n' }, path), ['package.json "npx tsc" warning'], path);
    assert.deepEqual(foundSince(base, { 'tsc.js': 'b\n' }), []);
  });
});

describe('says nothing of', () => {
  const silent: readonly (readonly [string, Files, Files])[] = [
    [
      'a tool that no script of the install calls',
      { ...NPM, 'rollup.config.js': 'a\n' },
      { 'rollup.config.js': 'b\n' },
    ],
    [
      'rollup without its configuration',
      { ...withScript('rollup a.js'), 'rollup.config.js': 'a\n' },
      { 'rollup.config.js': 'b\n' },
    ],
    [
      'the models of a schema',
      {
        ...withScript('prisma generate'),
        'schema.prisma': 'generator a {\n  provider = "a"\n}\nmodel A {\n}\n',
      },
      { 'schema.prisma': 'generator a {\n  provider = "a"\n}\nmodel A {\n  id Int\n}\n' },
    ],
    [
      'what tsc compiles',
      { ...withScript('tsc'), 'tsconfig.json': '{}' },
      { 'tsconfig.json': '{"extends":"./a.json"}' },
    ],
    [
      'the target of ts-node',
      { ...withScript('ts-node a.ts'), 'tsconfig.json': '{}' },
      { 'tsconfig.json': '{"compilerOptions":{"target":"es2022"}}' },
    ],
    [
      'the version that lerna gives',
      { ...withScript('lerna run build'), 'lerna.json': '{"version":"1.0.0"}' },
      { 'lerna.json': '{"version":"1.0.1"}' },
    ],
    [
      'configuration of a folder elsewhere',
      { ...withScript('vite build'), 'examples/vite.config.ts': 'a\n' },
      { 'examples/vite.config.ts': 'b\n' },
    ],
    [
      'fields of tools that are not called',
      withScript('node a.js', { jest: { a: 'b' } }),
      { 'package.json': manifest('node a.js', { jest: { a: 'c' } }) },
    ],
    [
      'imports that nothing loads by',
      withScript('node a.js', { imports: { '#a': './b.js' } }),
      { 'package.json': manifest('node a.js', { imports: { '#a': './c.js' } }) },
    ],
  ];
  const found = foundTogether(silent.map(([, base, change]) => ({ base, change })));
  for (const [index, [title]] of silent.entries()) test(title, () => assert.deepEqual(found(index), []));
});
