import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openFiles } from '../../../workspace.ts';
import { type Files, found } from './found.ts';

const code: Files = { 'src/a.js': '' };
const missing = async (files: Files, manifest: object = {}): Promise<readonly string[]> => {
  const all = await found({
    'package.json': { name: 'shop', dependencies: {}, ...manifest },
    ...code,
    ...files,
  });
  return all.flatMap((each) => (each.startsWith('missing ') ? each.slice('missing '.length) : []));
};

describe('a package that only the configuration of a tool names is missing', () => {
  const cases: readonly (readonly [path: string, text: string, names: string])[] = [
    [
      '.eslintrc.json',
      '{"extends":["eslint:recommended","airbnb/hooks","plugin:react/recommended","prettier/@typescript-eslint","./own"],"plugins":["@acme"],"settings":{"import/resolver":{"node":{},"typescript":{}}}}',
      '@acme/eslint-plugin eslint-config-airbnb eslint-config-prettier eslint-import-resolver-typescript eslint-plugin-react',
    ],
    [
      '.eslintrc.yml',
      'extends:\n  - eslint:recommended\n  - "plugin:vue/base" # of Vue\nplugins: [import, \'@acme/x\']\nrules:\n  - other\n',
      '@acme/eslint-plugin-x eslint-plugin-import eslint-plugin-vue',
    ],
    ['.eslintrc', 'parser: acme-parser\n', 'acme-parser'],
    [
      'babel.config.js',
      "module.exports = {\n  // presets: ['old'],\n  presets: [['@babel/env', { a: 1 }], isTest ? 'a' : 'b', ...more, 'module:acme'],\n  plugins: ['lodash', './own', 'expo/babel'],\n};",
      '@babel/preset-env acme babel-plugin-lodash expo',
    ],
    [
      'postcss.config.js',
      "module.exports = { plugins: { autoprefixer: {}, 'acme/nesting': {}, cssnano: false } };",
      'acme autoprefixer',
    ],
    ['.prettierrc', '{"plugins":["prettier-plugin-a"]}', 'prettier-plugin-a'],
    ['.prettierrc', 'semi: true\nplugins:\n- prettier-plugin-a\n', 'prettier-plugin-a'],
    [
      'stylelint.config.js',
      "export default { extends: 'stylelint-config-a', plugins: [own] };",
      'stylelint-config-a',
    ],
    [
      'commitlint.config.js',
      "module.exports = { extends: ['@commitlint/config-conventional', 'a'] };",
      '@commitlint/config-conventional commitlint-config-a',
    ],
    [
      '.storybook/main.ts',
      "export default { addons: ['@storybook/addon-docs', { name: 'acme-addon' }], framework: { name: '@storybook/vue3-vite' } };",
      '@storybook/addon-docs @storybook/vue3-vite acme-addon',
    ],
    [
      'docusaurus.config.js',
      "export default { themes: ['@docusaurus/theme-a', 'classic'] };",
      '@docusaurus/theme-a',
    ],
    [
      'gatsby-config.js',
      "module.exports = { plugins: [{ resolve: `gatsby-plugin-a`, options: { name: 'b' } }] };",
      'gatsby-plugin-a',
    ],
    [
      'webpack.config.js',
      "module.exports = { module: { rules: [{ test: /\\.'css$/, use: ['style-loader', { loader: 'css-loader' }] }] } };",
      'css-loader style-loader',
    ],
    ['Gruntfile.js', "grunt.loadNpmTasks('grunt-a'); // grunt.loadNpmTasks('grunt-b')", 'grunt-a'],
    ['nuxt.config.ts', "export default { modules: ['@acme/nuxt', '~/own', './modules/a'] };", '@acme/nuxt'],
    ['.mocharc.yml', 'require:\n  - ts-node/register\n  - ./test/setup.js\n', 'ts-node'],
    ['.nycrc', '{"extends":"@istanbuljs/nyc-config-typescript"}', '@istanbuljs/nyc-config-typescript'],
    [
      'tsconfig.build.json',
      '{"extends":["@tsconfig/node22/tsconfig.json","./tsconfig.json","base.json"]}',
      '@tsconfig/node22',
    ],
    [
      'tsconfig.spec.json',
      '{"compilerOptions":{"types":["jasmine"],"jsxImportSource":"preact"},"include":["src"]}',
      '@types/jasmine preact',
    ],
    [
      'eslint.config.js',
      "const a = [...compat.extends('next/core-web-vitals', 'plugin:b/c'), ...compat.plugins(name)];",
      'eslint-config-next eslint-plugin-b',
    ],
    [
      'karma.conf.js',
      "module.exports = (config) => config.set({ plugins: ['karma-jasmine', own] });",
      'karma-jasmine',
    ],
  ];
  for (const [path, text, names] of cases)
    test(`in ${path}: ${names}`, async () =>
      assert.deepEqual((await missing({ [path]: text })).toSorted(), names.split(' ')));
});

describe('a package that only package.json names is missing', () => {
  const cases: readonly (readonly [manifest: object, names: string])[] = [
    [{ eslintConfig: { extends: ['a', 'plugin:b/c'] } }, 'eslint-config-a eslint-plugin-b'],
    [{ prettier: '@acme/prettier-config' }, '@acme/prettier-config'],
    [{ babel: { presets: ['a'] } }, 'babel-preset-a'],
    [
      { scripts: { test: 'cross-env A=1 mocha -r ts-node/register test && rm -r dist', b: 'cp -r a b' } },
      'ts-node',
    ],
    [
      {
        dependencies: { jest: '^29.0.0' },
        jest: {
          testEnvironment: 'jsdom',
          transform: { '^.+$': 'ts-jest', '\\.js$': ['babel-jest', {}], '\\.css$': '<rootDir>/css.js' },
          moduleNameMapper: { '\\.css$': 'identity-obj-proxy', '^@/(.*)$': '<rootDir>/src/$1' },
          reporters: ['default', 'jest-junit'],
        },
      },
      'identity-obj-proxy jest-environment-jsdom jest-junit ts-jest',
    ],
  ];
  for (const [manifest, names] of cases)
    test(names, async () => assert.deepEqual((await missing({}, manifest)).toSorted(), names.split(' ')));
});

describe('a name in a configuration is not missing', () => {
  const declaring = (...names: readonly string[]) => ({
    dependencies: Object.fromEntries(names.map((name) => [name, '^1.0.0'])),
  });
  const cases: readonly (readonly [where: string, files: Files, manifest: object])[] = [
    ['if the package is declared', { '.eslintrc.json': '{"extends":"a"}' }, declaring('eslint-config-a')],
    [
      'of a configuration that react-scripts brings',
      {},
      { ...declaring('react-scripts'), eslintConfig: { extends: 'react-app' } },
    ],
    [
      'in the options of one of its plugins',
      { '.babelrc': '{"plugins":[["prismjs",{"plugins":["toolbar"]}]]}' },
      declaring('babel-plugin-prismjs'),
    ],
    [
      'in a test of code that is called like it',
      { 'src/jest-config.spec.ts': "check({ reporters: ['jest-junit'] });" },
      declaring('jest'),
    ],
    ['in the field of another tool', {}, { acme: { extends: 'a', plugins: ['b'] } }],
    [
      'of the environment that old versions of Jest bring',
      {},
      { dependencies: { jest: '^27.0.0' }, jest: { testEnvironment: 'jsdom' } },
    ],
    [
      'of a coverage that no script asks for',
      { 'vitest.config.ts': "export default { test: { coverage: { provider: 'v8' } } };" },
      declaring('vitest'),
    ],
    [
      'of a plugin that comes with its tool',
      { '.releaserc': '{"plugins":["@semantic-release/npm"]}' },
      declaring('semantic-release'),
    ],
    ['of a tool that runs elsewhere', { '.releaserc': '{"plugins":["@semantic-release/git"]}' }, {}],
    ['in a fixture', { 'test/fixtures/.babelrc': '{"presets":["a"]}' }, {}],
    ['of a folder', { '.babelrc': '{"plugins":["src/own"]}' }, {}],
    ['in a text that does not end', { 'babel.config.js': "module.exports = { presets: ['a', [" }, {}],
  ];
  for (const [where, files, manifest] of cases)
    test(where, async () => assert.deepEqual(await missing(files, manifest), []));

  test('in a test of coverage that a script asks for, it is', async () => {
    const files = { 'vitest.config.ts': "export default { test: { coverage: { provider: 'v8' } } };" };
    const manifest = { ...declaring('vitest'), scripts: { test: 'vitest run --coverage' } };
    assert.deepEqual(await missing(files, manifest), ['@vitest/coverage-v8']);
  });
});

test('the message says that a configuration names it', async () => {
  const workspace = await openFiles(
    new Map([
      ['package.json', '{ "name": "shop", "dependencies": {} }'],
      ['index.js', ''],
      ['.babelrc', '{\n"presets": ["a"] }'],
    ]),
  );
  assert.deepEqual(
    workspace.findings('missing-dependency').map(({ message }) => message),
    ['babel-preset-a is named in configuration but not declared (.babelrc:2). Add it to devDependencies.'],
  );
});
