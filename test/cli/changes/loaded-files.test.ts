import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Files, NPM, PNPM, SHOP, YARN } from './changed-code.ts';
import { foundSince, foundTogether } from './found-since.ts';

const withScript = (postinstall: string, other: object = {}): Files => ({
  ...NPM,
  'package.json': { ...SHOP, ...other, scripts: { postinstall } },
});
const SETUP = withScript('node tools/setup.js');
const TOKEN = 'package.json "node tools/setup.js" warning';

interface Case {
  readonly title: string;
  readonly base: Files;
  /** The path of the file whose content changes. */
  readonly path: string;
  readonly token: string;
}

const LOADED: readonly Case[] = [
  {
    title: 'require',
    base: { ...SETUP, 'tools/setup.js': "const a = require('./lib');\n", 'tools/lib.js': 'a\n' },
    path: 'tools/lib.js',
    token: TOKEN,
  },
  {
    title: 'require of require, in a ring',
    base: {
      ...SETUP,
      'tools/setup.js': "require('./lib')\n",
      'tools/lib/index.js': 'require("../../a.cjs")\n',
      'a.cjs': "require('./tools/setup')\n",
    },
    path: 'a.cjs',
    token: TOKEN,
  },
  {
    title: 'import, import() and export from',
    base: {
      ...withScript('node setup.mjs'),
      'setup.mjs': "import { a } from './a.mjs';\nimport'./b.mjs';\n",
      'a.mjs': "export * from './c.mjs';\n",
      'b.mjs': 'await import(`./d.mjs`);\n',
      'c.mjs': "export { a } from './d.mjs'\n",
      'd.mjs': 'a\n',
    },
    path: 'd.mjs',
    token: 'package.json "node setup.mjs" warning',
  },
  {
    title: 'an import over several lines, behind a comment and a regular expression',
    base: {
      ...SETUP,
      'tools/setup.js': "/* ' */ const a = /['\"]/; // '\nimport {\n  a,\n  b,\n} from './lib.js';\n",
      'tools/lib.js': 'a\n',
    },
    path: 'tools/lib.js',
    token: TOKEN,
  },
  {
    title: 'TypeScript under the name of its output',
    base: {
      ...withScript('tsx tools/setup.ts'),
      'tools/setup.ts': "import { a } from './lib.js';\n",
      'tools/lib.ts': 'a\n',
    },
    path: 'tools/lib.ts',
    token: 'package.json "tsx tools/setup.ts" warning',
  },
  {
    title: 'the main of a folder',
    base: {
      ...SETUP,
      'tools/setup.js': "require('../lib')\n",
      'lib/package.json': { main: './src/lib' },
      'lib/src/lib.js': 'a\n',
    },
    path: 'lib/src/lib.js',
    token: TOKEN,
  },
  {
    title: 'a path beside __dirname',
    base: {
      ...SETUP,
      'tools/setup.js': "require(path.join(__dirname, '..', 'lib', 'a.js'))\n",
      'lib/a.js': 'a\n',
    },
    path: 'lib/a.js',
    token: TOKEN,
  },
  {
    title: 'a workspace member by its name',
    base: {
      ...withScript('node tools/setup.js', { workspaces: ['packages/*'] }),
      'tools/setup.js': "require('@acme/tool/lib/a')\nrequire('@acme/tool')\n",
      'packages/tool/package.json': { name: '@acme/tool', main: 'main.js' },
      'packages/tool/main.js': "require('./b')\n",
      'packages/tool/lib/a.js': 'a\n',
      'packages/tool/b.js': 'a\n',
    },
    path: 'packages/tool/b.js',
    token: TOKEN,
  },
  {
    title: 'a script of a shell, beside it',
    base: {
      ...withScript('sh tools/setup.sh'),
      'tools/setup.sh': '#!/bin/sh\n. "$(dirname "$0")/lib.sh"\n',
      'tools/lib.sh': 'echo\n',
    },
    path: 'tools/lib.sh',
    token: 'package.json "sh tools/setup.sh" warning',
  },
  {
    title: 'a program of a shell script, from the package',
    base: {
      ...withScript('./tools/setup'),
      'tools/setup': '#!/usr/bin/env bash\nsource tools/env\nexport NODE_OPTIONS="--require ./hook.js"\n',
      'tools/env': 'node "$DIR/deep/a.js" --b\n',
      'tools/deep/a.js': "require('./b')\n",
      'tools/deep/b.js': 'a\n',
    },
    path: 'tools/deep/b.js',
    token: 'package.json "./tools/setup" warning',
  },
  {
    title: '--require',
    base: { ...withScript('node -r ./hook ./a'), 'hook.js': "require('./lib')\n", 'lib.js': 'a\n' },
    path: 'lib.js',
    token: 'package.json "node -r ./hook ./a" warning',
  },
  {
    title: 'node-options of .npmrc',
    base: {
      ...NPM,
      '.npmrc': 'node-options=--require ./hook.js\n',
      'hook.js': "require('./lib')\n",
      'lib.js': 'a\n',
    },
    path: 'hook.js',
    token: '.npmrc --require ./hook.js warning',
  },
  {
    title: 'node-options of .npmrc, transitively',
    base: {
      ...NPM,
      '.npmrc': 'node-options=--import=./hook.mjs\n',
      'hook.mjs': "import './lib.mjs'\n",
      'lib.mjs': 'a\n',
    },
    path: 'lib.mjs',
    token: '.npmrc --import=./hook.mjs warning',
  },
  {
    title: 'what yarnPath names',
    base: {
      ...YARN,
      '.yarnrc.yml': 'yarnPath: tools/yarn.cjs\n',
      'tools/yarn.cjs': "require('./lib.cjs')\n",
      'tools/lib.cjs': 'a\n',
    },
    path: 'tools/lib.cjs',
    token: '.yarnrc.yml tools/yarn.cjs warning',
  },
  {
    title: '.pnpmfile.cjs, which nothing names',
    base: { ...PNPM, '.pnpmfile.cjs': "require('./tools/hooks')\n", 'tools/hooks.js': 'a\n' },
    path: 'tools/hooks.js',
    token: 'tools/hooks.js evil warning',
  },
];

describe('what a file loads that an install runs', () => {
  const found = foundTogether(LOADED.map(({ base, path }) => ({ base, change: { [path]: 'evil\n' } })));
  for (const [index, { title, path, token }] of LOADED.entries())
    test(title, () => assert.deepEqual(found(index, path), [token]));

  test('several files are one finding', () => {
    const base = {
      ...SETUP,
      'tools/setup.js': "require('./a')\nrequire('./b')\n",
      'tools/a.js': 'a\n',
      'tools/b.js': 'a\n',
    };
    assert.deepEqual(foundSince(base, { 'tools/a.js': 'b\n', 'tools/b.js': 'b\n' }, 'tools/b.js'), [TOKEN]);
  });

  test('a new file in the place of another', () => {
    const base = { ...SETUP, 'tools/setup.js': "require('./a')\n", 'tools/a/index.js': 'a\n' };
    assert.deepEqual(foundSince(base, { 'tools/a.js': 'evil\n' }, 'tools/a.js'), [TOKEN]);
  });
});

describe('what is not loaded is no finding', () => {
  const SILENT: readonly (readonly [title: string, text: string, path: string])[] = [
    ['a comment', "// require('./lib')\n/* import './lib' */\n", 'tools/lib.js'],
    ['a text', '"require(\'./lib\')"; `import "./lib"`\n', 'tools/lib.js'],
    ['data', "require('./data.json')\n", 'tools/data.json'],
    ['types', "import type { A } from './lib.ts'\nexport type { A } from './lib.ts'\n", 'tools/lib.ts'],
    ['a method of that name', "a.require('./lib')\n", 'tools/lib.js'],
    ['a package of that name', "require('lib')\n", 'tools/lib.js'],
    ['another file', "require('./a')\n", 'tools/lib.js'],
  ];
  const found = foundTogether(
    SILENT.map(([, text, path]) => ({
      base: { ...SETUP, 'tools/setup.js': text, [path]: '1\n' },
      change: { [path]: '2\n' },
    })),
  );
  for (const [index, [title]] of SILENT.entries()) test(title, () => assert.deepEqual(found(index), []));

  test('a script that the package manager does not run', () => {
    const base = {
      ...PNPM,
      'package.json': { ...SHOP, scripts: { prepublish: 'node a.js' } },
      'a.js': "require('./b')\n",
      'b.js': 'a\n',
    };
    assert.deepEqual(foundSince(base, { 'b.js': 'b\n' }), []);
  });

  test('other line ends', () => {
    const base = { ...SETUP, 'tools/setup.js': "require('./a')\n", 'tools/a.js': 'a\nb\n' };
    assert.deepEqual(foundSince(base, { 'tools/a.js': 'a\r\nb\r\n' }), []);
  });
});
