import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { declaring, type Files, found } from './found.ts';

type Case = readonly [what: string, names: readonly string[], files: Files, more?: object];

/** In a template of the searched code. */
const PREFIX = `\${prefix}`;

describe('this is no use', () => {
  const cases: readonly Case[] = [
    [
      'a version that is read out of a manifest',
      ['@acme/icons'],
      { 'src/a.ts': "export const version = manifest.dependencies['@acme/icons'];" },
    ],
    [
      'a plugin of the name of a configuration',
      ['eslint-config-acme'],
      { '.eslintrc': '{"plugins":["acme"],"rules":{"acme/a":"off"},"settings":{"acme":{}}}' },
    ],
    [
      'such a plugin in YAML',
      ['eslint-config-acme'],
      { '.eslintrc.yml': 'extends: eslint:recommended\nplugins:\n  - acme\n' },
    ],
    [
      'a command in text that is printed',
      ['@babel/cli'],
      { '.github/workflows/a.yml': 'a:\n  - run: |\n      echo "Testing a babel project"\n      b\n' },
    ],
    [
      'a command in a line about TypeScript',
      ['@babel/cli'],
      { 'src/a.js': 'log("compiling TypeScript with babel");' },
    ],
    [
      'the last part of a name behind any text',
      ['@acme/plugin-a'],
      { 'src/a.js': `show(\`${PREFIX}plugin-a\`);` },
    ],
  ];
  for (const [what, names, files, more] of cases)
    test(what, async () =>
      assert.deepEqual(
        (await found(declaring(names, files, more))).filter((each) => each.startsWith('unused')),
        names.map((name) => `unused ${name}`),
      ),
    );
});

describe('this is a use', () => {
  const cases: readonly Case[] = [
    ['a configuration of ESLint', ['eslint-config-acme'], { '.eslintrc.yml': 'extends:\n  - acme\n' }],
    [
      'a configuration that is extended on a condition',
      ['eslint-config-acme'],
      { '.eslintrc.js': "module.exports = { extends: [isStrict ? 'acme' : 'eslint:all'] };" },
    ],
    [
      'a command that is printed into a hook',
      ['pretty-quick'],
      { 'setup.sh': 'echo "npx pretty-quick" > .husky/pre-commit\n' },
    ],
    ['a command behind printed text', ['@babel/cli'], { 'a.yml': 'run: echo "Compile it" && babel src\n' }],
    [
      'a name behind a scope that code computes',
      ['@babel/plugin-transform-typescript', '@babel/plugin-transform-runtime'],
      {
        'src/a.js': `require.resolve(\`${PREFIX}plugin-transform-typescript\`);\nrequire.resolve(prefix + 'plugin-transform-runtime');`,
      },
    ],
    ['a browser for Jest', ['jest-puppeteer', 'puppeteer'], {}, { jest: { preset: 'jest-puppeteer' } }],
    [
      'a configuration that a plugin extends',
      ['eslint-config-prettier', 'eslint-plugin-prettier'],
      {
        '.eslintrc.js':
          "module.exports = { extends: ['plugin:prettier/recommended'], rules: { 'prettier/prettier': 2 } };",
      },
    ],
    ['the configuration of Biome', ['@biomejs/biome'], { 'biome.jsonc': '{}' }],
  ];
  for (const [what, names, files, more] of cases)
    test(what, async () => assert.deepEqual(await found(declaring(names, files, more)), []));
});

test('Puppeteer and Biome are unused without what loads them', async () => {
  assert.deepEqual(await found(declaring(['puppeteer', '@biomejs/biome'], {})), [
    'unused puppeteer',
    'unused @biomejs/biome',
  ]);
});

describe('types of the globals of Jest', () => {
  const inTests = (files: Files) =>
    found(declaring(['jest', '@jest/globals', '@types/jest'], files, { scripts: { test: 'jest' } }));
  const importing = "import { describe, expect, it } from '@jest/globals';\n";
  const cases: readonly (readonly [what: string, files: Files, expected: readonly string[]])[] = [
    [
      'are unused if all tests import them',
      { 'a.spec.ts': `${importing}it('a', run); // jest.fn()` },
      ['unused @types/jest'],
    ],
    ['are used by a test that imports none', { 'a.spec.ts': importing, 'b.spec.ts': "it('b', run);" }, []],
    ['are used by a test that imports others', { 'a.spec.ts': `${importing}beforeEach(run);` }, []],
    ['are used by a test with `jest`', { 'a.spec.ts': `${importing}jest.fn();` }, []],
    [
      'are used if a configuration lists them',
      { 'a.spec.ts': importing, 'tsconfig.json': '{"compilerOptions":{"types":["jest"]}}' },
      [],
    ],
  ];
  for (const [what, files, expected] of cases)
    test(what, async () => assert.deepEqual(await inTests(files), expected));
  test('are used where a package adds matchers', async () => {
    const files = { 'a.spec.ts': `${importing}import 'jest-extended';` };
    const names = ['jest', '@jest/globals', '@types/jest', 'jest-extended'];
    assert.deepEqual(await found(declaring(names, files, { scripts: { test: 'jest' } })), []);
  });
});

describe('types of a package that does not name its own', () => {
  const withTypes = (manifest: object, files: Files) =>
    found(
      declaring(['acme', '@types/acme'], {
        'src/a.ts': 'import "acme";',
        'node_modules/acme/package.json': manifest,
        ...files,
      }),
    );
  const unused = ['unused @types/acme'];
  const exported = { exports: { '.': { import: { types: './a.d.ts', default: './a.js' } } } };
  const tsconfig = (moduleResolution: string) => JSON.stringify({ compilerOptions: { moduleResolution } });
  const cases: readonly (readonly [string, object, Files, readonly string[]])[] = [
    ['are beside its main file', { main: './lib/a.js' }, { 'node_modules/acme/lib/a.d.ts': '' }, unused],
    ['are beside its index', {}, { 'node_modules/acme/index.d.ts': '' }, unused],
    ['are not there', { main: './lib/a.js' }, { 'node_modules/acme/index.d.ts': '' }, []],
    ['would be outside of it', { main: '../b/a.js' }, { 'node_modules/b/a.d.ts': '' }, []],
    ['are exported for a bundler', exported, { 'tsconfig.json': tsconfig('Bundler') }, unused],
    ['are exported, which is not read', exported, { 'tsconfig.json': tsconfig('node') }, []],
    [
      'are exported, and another configuration says nothing',
      exported,
      { 'tsconfig.json': tsconfig('bundler'), 'tsconfig.node.json': '{}' },
      [],
    ],
    [
      'are exported, and another configuration extends an installed one',
      exported,
      {
        'tsconfig.json': tsconfig('bundler'),
        'tsconfig.node.json': '{"extends":"./tsconfig.json"}',
        'b/tsconfig.json': '{"extends":"@acme/b/a.json"}',
      },
      ['missing @acme/b'],
    ],
  ];
  for (const [what, manifest, files, expected] of cases)
    test(what, async () => assert.deepEqual(await withTypes(manifest, files), expected));
});

test('the browser that Vitest starts is missing', async () => {
  const config = "export default { test: { browser: { enabled: true, provider: 'playwright' } } };";
  const inProject = (names: readonly string[]) =>
    found(declaring(names, { 'vitest.config.ts': config }, { scripts: { test: 'vitest' } }));
  assert.deepEqual(await inProject(['vitest', '@vitest/browser']), ['missing playwright']);
  assert.deepEqual(await inProject(['vitest', '@vitest/browser', 'playwright']), []);
  assert.deepEqual(await inProject(['vitest']), []);
});
