import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { declaring, type Files, found } from './found.ts';

const unusedIn = async (names: readonly string[], files: Files, more?: object) =>
  (await found(declaring(names, files, more))).filter((each) => each.startsWith('unused'));

describe('this is no use', () => {
  const cases: readonly (readonly [what: string, name: string, files: Files, more?: object])[] = [
    ['a comment in YAML', 'left-pad', { 'a.yml': 'a: 1\n# uses left-pad\nb: 2 # left-pad\n' }],
    [
      'a hook that is switched off',
      'pretty-quick',
      { '.husky/pre-commit': '#!/bin/sh\n# npx pretty-quick\n' },
    ],
    ['a comment in JSON', 'left-pad', { 'a.jsonc': '{\n  // "left-pad"\n}' }],
    [
      'the name of a step, an output or an action',
      'coveralls',
      {
        '.github/workflows/a.yml':
          'jobs:\n  a:\n    outputs:\n      coveralls: 1\n    steps:\n      - name: Send to coveralls\n        uses: acme/coveralls @v1\n',
      },
    ],
    ['a setting whose value is a word', 'esm', { 'rollup.config.js': "export default { format: 'esm' };" }],
    ['a value that is compared', 'http-request', { 'src/a.js': "if (type === 'http-request') start();" }],
    ['a word of a command line', 'debug', { 'a.yml': 'run: npm run debug --if-present\n' }],
    ['text of a page', 'left-pad', { 'docs/a.mdx': '# A\n\n```js\nrequire("left-pad")\n```\n' }],
    ['instructions for an assistant', 'left-pad', { '.cursorrules': 'Use left-pad.' }],
    ['an ignored path', 'coverage', { '.prettierignore': 'coverage\n' }],
    ['the tool of its plugin', 'eslint-plugin-jest', { '.eslintrc.json': '{}' }, { jest: { bail: true } }],
    ['a command of its tool', 'eslint-plugin-prettier', {}, { scripts: { format: 'prettier --write .' } }],
    [
      'a key of other options',
      '@docusaurus/plugin-sitemap',
      { 'docusaurus.config.js': "export default { presets: [['classic', { sitemap: {} }]] };" },
    ],
    ['the command of Node.js', 'npm', {}, { scripts: { a: 'npm run b' } }],
    ['types without their globals', '@types/webpack-env', {}],
    [
      'a module of Node.js of that name',
      'zlib',
      { 'scripts/a.mjs': "import { gzipSync } from 'node:zlib';", 'b.yml': 'external: ["node:zlib"]\n' },
    ],
    [
      'an import of a package with types of its own',
      '@types/acme',
      { 'src/a.ts': 'import "acme";', 'node_modules/acme/package.json': { types: 'a.d.ts' } },
    ],
    ['a compiler of styles without any', 'sass', { 'vite.config.js': 'export default {};' }],
    [
      'a plugin that Karma does not name',
      'karma-sourcemap-loader',
      { 'karma.conf.js': "a({ files: ['b'] });" },
    ],
  ];
  for (const [what, name, files, more] of cases)
    test(what, async () => assert.deepEqual(await unusedIn([name], files, more), [`unused ${name}`]));
});

describe('this is a use', () => {
  const cases: readonly (readonly [what: string, name: string, files: Files, more?: object])[] = [
    ['a configuration in TypeScript', 'ts-node', { 'build/webpack.config.ts': 'export default {};' }],
    ['a word behind an option', 'esm', {}, { scripts: { a: 'node -r esm b.js' } }],
    ['a path behind an option in quotes', 'tsx', {}, { scripts: { a: "NODE_OPTIONS='--import=tsx/esm' b" } }],
    ['a word of a list', 'tap', { 'a.yml': 'plugins:\n  - tap\n' }],
    ['a command in a workflow', 'coveralls', { '.github/workflows/a.yml': 'a:\n  - run: npx coveralls\n' }],
    [
      'a plugin in the field of its tool',
      'eslint-plugin-jest',
      {},
      { eslintConfig: { plugins: ['jest'] }, jest: {} },
    ],
    ['an option with a short name', 'jest-environment-acme', {}, { scripts: { a: 'jest --env=acme' } }],
    [
      'a resolver as a key',
      'eslint-import-resolver-typescript',
      { '.eslintrc.js': "module.exports = { settings: { 'import/resolver': { typescript: {} } } };" },
    ],
    ['its own configuration', 'lint-staged', { '.lintstagedrc.js': 'module.exports = {};' }],
    ['types with their globals', '@types/webpack-env', { 'src/a.js': 'if (module.hot) start();' }],
    [
      'types that a compiler loads beside those of the package',
      '@types/acme',
      {
        'src/a.ts': '/// <reference types="acme" />\nimport "acme";',
        'node_modules/acme/package.json': { types: 'a.d.ts' },
      },
    ],
    [
      'an import of a package whose exports lead to no types',
      '@types/acme',
      {
        'src/a.ts': 'import "acme";',
        'node_modules/acme/package.json': { types: 'a.d.ts', exports: { '.': { import: './a.js' } } },
      },
    ],
    [
      'a browser that Karma names',
      'karma-safari-private-launcher',
      { 'karma.conf.js': "a({ browsers: ['SafariPrivate'] });" },
    ],
  ];
  for (const [what, name, files, more] of cases)
    test(what, async () => assert.deepEqual(await unusedIn([name], files, more), []));
});

describe('a lockfile with commands', () => {
  const lock = (packages: object) => ({ lockfileVersion: 3, packages });
  const scripts = { a: 'acme && other' };
  test('has all of them', async () => {
    const packages = {
      '': { dependencies: { acme: '^1.0.0', other: '^1.0.0' } },
      'node_modules/acme': { version: '1.0.0' },
      'node_modules/other': { version: '1.0.0', bin: { other: 'a.js' } },
    };
    const files = { 'package-lock.json': lock(packages) };
    assert.deepEqual(await unusedIn(['acme', 'other'], files, { scripts }), ['unused acme']);
  });
  test('of the first version has none of any package', async () => {
    const dependencies = { acme: { version: '1.0.0' }, other: { version: '1.0.0' } };
    const files = { 'package-lock.json': { lockfileVersion: 1, dependencies } };
    assert.deepEqual(await unusedIn(['acme', 'other'], files, { scripts }), []);
  });
});

describe('an optional peer', () => {
  const project = (peer: string, files: Files) => {
    const packages = {
      '': { dependencies: { host: '^1.0.0', [peer]: '^1.0.0' } },
      'node_modules/host': {
        version: '1.0.0',
        peerDependencies: { [peer]: '*' },
        peerDependenciesMeta: { [peer]: { optional: true } },
      },
      [`node_modules/${peer}`]: { version: '1.0.0' },
    };
    const lock = { 'package-lock.json': { lockfileVersion: 3, packages } };
    return unusedIn(['host', peer], { 'src/a.js': 'import "host";', ...lock, ...files });
  };
  test('is used', async () => assert.deepEqual(await project('acme', {}), []));
  test('that its host only loads for a setting is not', async () => {
    for (const peer of ['terser', 'mysql2', '@vitest/ui', '@upstash/redis'])
      assert.deepEqual(await project(peer, {}), [`unused ${peer}`]);
  });
  test('is if there is the setting', async () => {
    assert.deepEqual(await project('terser', { 'vite.config.js': "a({ minify: 'terser' });" }), []);
    assert.deepEqual(await project('mysql2', { 'src/b.js': "connect({ dialect: 'mysql' });" }), []);
  });
});

test('a peer of what another package brings is used unless that provides for it', async () => {
  const peer = (name: string) => ({ version: '1.0.0', peerDependencies: { [name]: '*' } });
  const packages = {
    '': { dependencies: { host: '^1.0.0', a: '^1.0.0', b: '^1.0.0' } },
    'node_modules/host': { version: '1.0.0', dependencies: { 'of-a': '*', 'of-b': '*', b: '*' } },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '1.0.0', dependencies: { 'of-b': '*' } },
    'node_modules/of-a': peer('a'),
    'node_modules/of-b': peer('b'),
  };
  const files = { 'src/a.js': 'import "host";', 'package-lock.json': { lockfileVersion: 3, packages } };
  assert.deepEqual(await unusedIn(['host', 'a', 'b'], files), ['unused b']);
});

test('frameworks load packages of theirs by themselves', async () => {
  const names = ['react-native', '@react-native-community/cli', '@react-native-community/cli-platform-ios'];
  const more = ['@docusaurus/core', '@docusaurus/faster', '@slidev/cli', '@slidev/theme-default'];
  const files = { 'docusaurus.config.ts': 'export default { future: { experimental_faster: true } };' };
  const own = ['react-native', '@docusaurus/core', '@slidev/cli']
    .map((name) => `import "${name}";`)
    .join('\n');
  assert.deepEqual(await unusedIn([...names, ...more], { ...files, 'src/a.js': own }), []);
  assert.deepEqual(
    await unusedIn(['@react-native-community/cli', '@docusaurus/faster', '@slidev/theme-default'], files),
    ['unused @react-native-community/cli', 'unused @docusaurus/faster', 'unused @slidev/theme-default'],
  );
});

test('Nuxt and its modules load packages by themselves', async () => {
  const names = ['nuxt', '@vueuse/nuxt', '@nuxt/test-utils', '@nuxt/devtools', '@vueuse/math', 'happy-dom'];
  const modules = "modules: ['@vueuse/nuxt', '@nuxt/test-utils/module']";
  const files = { 'nuxt.config.ts': `export default { devtools: { enabled: true }, ${modules} };` };
  const scripts = { types: 'nuxi typecheck' };
  assert.deepEqual(await unusedIn([...names, 'vue-tsc'], files, { scripts }), []);
  const others = ['nuxt', '@nuxt/devtools', '@vueuse/math', 'happy-dom', 'vue-tsc'];
  assert.deepEqual(
    await unusedIn(others, { 'nuxt.config.ts': 'export default {};' }),
    others.slice(1).map((name) => `unused ${name}`),
  );
});

test('PostCSS is used by its configuration only where peers are unknown', async () => {
  const files = { 'postcss.config.js': "export default { plugins: { '@tailwindcss/postcss': {} } };" };
  assert.deepEqual(await unusedIn(['postcss'], files), []);
  const packages = {
    '': {},
    'node_modules/postcss': { version: '8.0.0' },
    'node_modules/a': { version: '1.0.0', peerDependencies: { b: '*' } },
  };
  const lock = { 'package-lock.json': { lockfileVersion: 3, packages } };
  assert.deepEqual(await unusedIn(['postcss'], { ...files, ...lock }), ['unused postcss']);
});
