import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Files, found } from './found.ts';

const SHOP = { name: 'shop', dependencies: {} };
const lockOf = (...names: readonly string[]) => ({
  lockfileVersion: 3,
  packages: Object.fromEntries([
    ['', {}],
    ...names.map((name) => [`node_modules/${name}`, { version: '1.0.0' }]),
  ]),
});

describe('an import is missing', () => {
  const cases: readonly (readonly [where: string, files: Files])[] = [
    ['in the tests of Jest', { 'src/__tests__/a.js': 'import "acme";' }],
    ['in a folder of build scripts', { 'build/pack.js': 'require("acme");' }],
    ['if it is only resolved', { 'tools/a.js': 'const path = require.resolve("acme/a.css");' }],
    [
      'beside the configuration of that tool',
      { 'acme.config.js': 'import { defineConfig } from "acme";', 'src/a.js': '' },
    ],
    [
      'of an installed package that a declaration only gives types',
      {
        'src/a.ts': 'import "acme";',
        'src/types.d.ts': 'declare module "acme";',
        'package-lock.json': lockOf('acme'),
      },
    ],
    [
      'of an installed package beside a folder of that name',
      { 'src/a.js': 'import "acme";', 'src/acme/b.js': '', 'package-lock.json': lockOf('acme') },
    ],
    [
      'in the types of a tsconfig.json',
      {
        'tsconfig.json': '{"compilerOptions":{"types":["./own", "acme/client"]},"include":["src"]}',
        'src/a.ts': '',
      },
    ],
    [
      'in the style sheets of Nuxt',
      {
        'nuxt.config.ts': "export default {\n  css: [\n    '~/a.css',\n    'acme/a.css',\n  ],\n};",
        'src/a.ts': '',
      },
    ],
    [
      'of a package that Rollup knows as a global variable',
      { 'src/a.js': 'import "acme";', 'rollup.config.js': "output.globals = { 'acme': 'Acme' };" },
    ],
  ];
  for (const [where, files] of cases)
    test(where, async () =>
      assert.deepEqual(await found({ 'package.json': SHOP, ...files }), ['missing acme']),
    );

  test('of an example that is a member', async () => {
    const files = {
      'package.json': { private: true, workspaces: ['examples/*'] },
      'examples/a/package.json': { name: 'a', dependencies: { react: '^19.0.0' } },
      'examples/a/index.js': 'import "react"; import "acme";',
      'examples/a/templates/b.js': 'import "other";',
    };
    assert.deepEqual(await found(files), ['examples/a/package.json missing acme']);
  });
});

test('a marker that a framework provides is not missing', async () => {
  const files = { 'package.json': SHOP, 'src/a.js': 'import "server-only"; import "client-only";' };
  assert.deepEqual(await found(files), []);
});

test('a package of Docusaurus is missing, and a module that it provides is not', async () => {
  const files = {
    'package.json': SHOP,
    'src/a.js': 'import "@docusaurus/Link"; import "@docusaurus/router"; import "@docusaurus/theme-common";',
  };
  assert.deepEqual(await found(files), ['missing @docusaurus/theme-common']);
});

test('a module of RequireJS, a bare alias and a name with capital letters are not missing', async () => {
  const files = {
    'package.json': SHOP,
    'lib/js/shop.core.js': '',
    'tests/a.js': 'require("shop.core");',
    'tests/main.js': 'requirejs(["a"]);',
    'webpack.config.js': "const config = { resolve: { alias: { snap: path.join(here, 'snap.js') } } };",
    'src/a.js': 'import "snap"; import "Files";',
  };
  assert.deepEqual(await found(files), []);
  const { 'tests/main.js': _, ...without } = files;
  assert.deepEqual(await found(without), ['missing shop.core']);
});

test('a file beside the import and a sample of tests are not missing', async () => {
  const files = {
    'package.json': SHOP,
    'tests/run/driver.js': 'import "assert.js";',
    'tests/run/assert.js': '',
    'tests/validator/samples/a/input.js': 'import "some-library";',
  };
  assert.deepEqual(await found(files), []);
  const { 'tests/run/assert.js': _, ...without } = files;
  assert.deepEqual(await found(without), ['missing assert.js']);
});

test('a package that is resolved from elsewhere is not missing', async () => {
  const files = { 'package.json': SHOP, 'src/a.js': 'require.resolve("acme", { paths: [folder] });' };
  assert.deepEqual(await found(files), []);
});

test('an installed package of the name of a folder is none where a configuration sets such folders', async () => {
  const files = {
    'package.json': SHOP,
    'package-lock.json': lockOf('acme'),
    'tsconfig.json': '{"compilerOptions":{"baseUrl":"./src"}}',
    'src/a.ts': 'import "acme/b";',
    'src/acme/b.ts': '',
  };
  assert.deepEqual(await found(files), []);
});

describe('a name in a configuration is not missing', () => {
  const cases: readonly (readonly [where: string, path: string, text: string])[] = [
    [
      'in types that others extend',
      'tsconfig.base.json',
      '{"compilerOptions":{"types":["acme/client"]},"include":["src"]}',
    ],
    [
      'in a tsconfig.json without files',
      'tsconfig.json',
      '{"compilerOptions":{"types":["acme/client"]},"files":[]}',
    ],
    [
      'in types from folders of its own',
      'tsconfig.json',
      '{"compilerOptions":{"types":["acme/a"],"typeRoots":["./types"]},"include":["src"]}',
    ],
    [
      'if a layer of Nuxt may bring it',
      'nuxt.config.ts',
      "export default {\n  extends: ['a'],\n  css: ['acme/a.css'],\n};",
    ],
    ['in a comment', 'nuxt.config.ts', "export default {\n  css: [\n    // 'acme/a.css',\n  ],\n};"],
    ['of a folder', 'nuxt.config.ts', "export default {\n  css: ['src/a.css'],\n};"],
  ];
  for (const [where, path, text] of cases)
    test(where, async () =>
      assert.deepEqual(await found({ 'package.json': SHOP, 'src/a.js': '', [path]: text }), []),
    );
});
