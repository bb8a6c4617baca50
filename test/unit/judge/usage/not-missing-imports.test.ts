import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Files, found } from './found.ts';

describe('an import is not missing if', () => {
  const cases: readonly (readonly [why: string, files: Files])[] = [
    ['Node.js has it', { 'src/a.js': 'import "fs"; import "node:test"; import "fs/promises";' }],
    [
      'it is a path or an internal one',
      { 'src/a.js': 'import "./b"; import "#c"; import "/d"; import "virtual:e"; import "https://f.test/g"' },
    ],
    [
      'baseUrl finds a file of any kind',
      { 'src/data.json': {}, 'src/pages/a.js': 'import data from "data.json";' },
    ],
    [
      'an alias leads elsewhere',
      {
        'tsconfig.json': '{"compilerOptions":{"paths":{"@app/*":["./src/*"]}}}',
        'src/a.ts': 'import "@app/b";',
      },
    ],
    [
      'a bundler has an alias',
      {
        'vite.config.js': 'export default { resolve: { alias: { "utils": "/src/u" } } }',
        'src/a.js': 'import "utils";',
      },
    ],
    ['a folder has the name', { 'src/a.ts': 'import "components/b";', 'src/components/b.ts': '' }],
    [
      'a declaration describes it',
      {
        'src/a.ts': 'import x from "./x.svg"; import "icons:a"; import "acme";',
        'src/b.d.ts': 'declare module "acme";',
      },
    ],
    ['its absence is caught', { 'src/a.js': 'try { require("acme") } catch {}' }],
    [
      'it is a fixture or an example',
      { 'test/fixtures/a.js': 'import "acme";', 'examples/a.js': 'import "acme";' },
    ],
    ['a test replaces it', { 'test/a.test.js': 'jest.mock("acme")' }],
    [
      'a test replaces and loads it',
      { 'test/a.test.js': 'vi.mock("acme", () => ({}));\nconst a = await import("acme");' },
    ],
    [
      'an alias has more of its path',
      {
        'tsconfig.json': '{"compilerOptions":{"paths":{"@acme/core/add":["./libs/add.ts"]}}}',
        'src/a.ts': 'import "@acme/core/add";',
      },
    ],
    ['Electron provides it', { 'src/a.js': 'const fs = require("original-fs");' }],
    [
      'a bundle brings a require of its own',
      {
        'src/a.js':
          '(function e(t,n,r){})({1:[function(require,module,exports){\nvar a = require("acme")\n},{}]},{},[1]);',
        'src/b.js': 'define((require, exports) => { const a = require("acme"); });',
      },
    ],
    ['the editor provides it', { 'src/a.ts': 'import * as vscode from "vscode";' }],
    ['it is the project itself', { 'src/a.js': 'import "shop/b";' }],
    ['only JSDoc names its types', { 'src/a.js': '/**\n * @type {import("acme").A}\n */\nlet a;' }],
    ['the scan is unsure', { 'src/a.js': 'import "acme"; const x = `open' }],
  ];
  for (const [why, files] of cases)
    test(why, async () =>
      assert.deepEqual(await found({ 'package.json': { name: 'shop', dependencies: {} }, ...files }), []),
    );
});

test('an addon that Storybook loads by name is missing', async () => {
  const files = { '.storybook/main.js': 'export default { addons: ["@storybook/addon-docs", "./own"] };' };
  assert.deepEqual(await found({ 'package.json': { name: 'shop', dependencies: {} }, ...files }), [
    'missing @storybook/addon-docs',
  ]);
});

test('a rule of ESLint is no alias', async () => {
  const files = {
    '.eslintrc.json': '{"rules":{"acme/some-rule":["error"]}}',
    'src/a.js': 'import "acme";',
  };
  assert.deepEqual(await found({ 'package.json': { name: 'shop', dependencies: {} }, ...files }), [
    'missing acme',
  ]);
});

test('a mock that loads the real package needs it', async () => {
  const files = {
    'test/a.test.js': 'vi.mock("acme", () => vi.importActual("acme"));\nimport "acme";',
  };
  assert.deepEqual(await found({ 'package.json': { name: 'shop', dependencies: {} }, ...files }), [
    'missing acme',
  ]);
});
