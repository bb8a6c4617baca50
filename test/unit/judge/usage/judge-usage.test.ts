import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { declaring, type Files, found } from './found.ts';

describe('a dependency is used by', () => {
  const cases: readonly (readonly [use: string, names: readonly string[], files: Files, more?: object])[] = [
    [
      'a script',
      ['eslint', 'npm-run-all', '@angular/cli'],
      {},
      { scripts: { a: 'eslint .', b: 'run-s a && ng build' } },
    ],
    [
      'a command called after its scope',
      ['@napi-rs/cli', '@remix-run/serve'],
      {},
      { scripts: { a: 'napi build --release', b: 'remix-serve ./build/index.js' } },
    ],
    [
      'a short name of WebdriverIO',
      ['@wdio/local-runner', '@wdio/spec-reporter', 'wdio-video-reporter'],
      {
        'e2e/wdio.web.conf.ts':
          "export const config = { runner: 'local', reporters: ['spec', ['video', {}]] };",
      },
    ],
    [
      'a workflow',
      ['semantic-release'],
      { '.github/workflows/a.yml': 'jobs:\n  a:\n    steps:\n      - run: npx semantic-release\n' },
    ],
    ['a hook', ['lint-staged'], { '.husky/pre-commit': 'npx lint-staged\n' }],
    ['a Dockerfile', ['pm2'], { Dockerfile: 'FROM node\nCMD ["pm2", "start"]\n' }],
    ['code that starts it', ['rimraf'], { 'tools/clean.js': "execSync('rimraf dist');" }],
    [
      'a short name',
      ['eslint-config-airbnb', 'eslint-plugin-react'],
      { '.eslintrc.json': '{"extends":["airbnb"],"plugins":["react"]}' },
    ],
    [
      'a script in a folder of its tool',
      ['@storybook/addon-links'],
      { '.storybook/main.js': "export default {\n  addons: [\n    '@storybook/addon-links',\n  ],\n};" },
    ],
    [
      'a short name in a folder of its tool',
      ['vuepress-plugin-search', '@vuepress/plugin-redirect', 'vuepress-theme-acme'],
      {
        '.vuepress/config.ts':
          "export default { theme: 'acme', plugins: ['search', ['@vuepress/redirect', {}]] }",
      },
    ],
    [
      'a key of plugins',
      ['autoprefixer', 'postcss'],
      { 'postcss.config.cjs': 'module.exports = { plugins: { autoprefixer: {} } };' },
    ],
    [
      'a short name of a plugin of GraphQL Code Generator',
      ['@graphql-codegen/add', '@graphql-codegen/near-operation-file-preset'],
      { 'codegen.yml': 'generates:\n  src/:\n    preset: near-operation-file\n    plugins:\n      - add:\n' },
    ],
    ['the configuration in package.json', ['@acme/prettier'], {}, { prettier: '@acme/prettier' }],
    [
      'code of a copied package',
      ['acme'],
      {
        'scripts/_vendor/tool/package.json': {
          name: 'tool',
          dependencies: { acme: '^1.0.0', left: '^1.0.0' },
        },
        'scripts/_vendor/tool/src/a.js': "require('acme');",
      },
    ],
    [
      'the parts of a framework',
      [
        '@nestjs/core',
        '@nestjs/platform-socket.io',
        '@vue/cli-plugin-babel',
        'core-js',
        'react-native',
        '@babel/runtime',
      ],
      { 'src/a.js': "require('@nestjs/core'); require('react-native'); require('@vue/cli-plugin-babel');" },
    ],
    [
      'a short name of Babel in the options of a loader',
      ['@babel/plugin-transform-modules-umd', 'babel-loader'],
      {
        'webpack.config.js':
          "module.exports = { rules: [{ loader: 'babel-loader', options: { plugins: ['@babel/transform-modules-umd'] } }] };",
      },
    ],
    ['a preset of Babel', ['@babel/preset-env', '@babel/core'], { '.babelrc': '{"presets":["@babel/env"]}' }],
    ['a style sheet', ['normalize.css', 'sass'], { 'src/a.scss': '@import "~normalize.css";' }],
    [
      'a component',
      ['vue', 'dayjs'],
      {
        'src/A.vue':
          '<template/>\n<script setup>\nimport { ref } from "vue";\nimport d from "dayjs";\n</script>',
      },
    ],
    ['a page', ['astro'], { 'src/a.astro': '---\nimport x from "astro";\n---\n<p/>' }],
    ['MDX', ['acme'], { 'docs/a.mdx': '# Title\n\nimport { A } from "acme";\n' }],
    [
      'a program without extension',
      ['commander'],
      { 'bin/cli': '#!/usr/bin/env node\nrequire("commander")' },
    ],
    [
      'a name that is loaded',
      ['pino-pretty', 'ejs'],
      { 'src/a.js': "pino({ transport: { target: 'pino-pretty' } });\napp.set('view engine', 'ejs');" },
    ],
    ['a computed name', ['hubot-scripts'], { 'src/a.js': "require('hubot-' + name)" }],
    ['types of what is used', ['react', '@types/react'], { 'src/a.tsx': 'import React from "react";' }],
    ['types in a comment', ['estree'], { 'src/a.js': '/** @type {import("estree").Node} */ let x;' }],
    [
      'a module that adds to it',
      ['acme'],
      { 'src/a.ts': 'declare module "acme" { interface A {} }\nexport {};' },
    ],
    ['TypeScript alone', ['typescript', '@types/node'], { 'src/a.ts': 'start();' }],
    [
      'a folder of node_modules',
      ['todo-css'],
      { 'index.html': '<link href="./node_modules/todo-css/index.css">' },
    ],
  ];
  for (const [use, names, files, more] of cases)
    test(use, async () => assert.deepEqual(await found(declaring(names, files, more)), []));

  test('a peer of another package', async () => {
    const files = declaring(['acme', 'acme-core', 'other'], { 'src/a.js': 'import "acme";' });
    const packages = {
      '': { dependencies: { acme: '^1.0.0', 'acme-core': '^1.0.0', other: '^1.0.0' } },
      'node_modules/acme': { version: '1.0.0', peerDependencies: { 'acme-core': '^1.0.0' } },
      'node_modules/acme-core': { version: '1.0.0' },
      'node_modules/other': { version: '1.0.0' },
    };
    const lock = { lockfileVersion: 3, packages };
    assert.deepEqual(await found({ ...files, 'package-lock.json': lock }), ['unused other']);
  });

  test('peers and commands of a package of the workspace, which nothing installs', async () => {
    const app = {
      name: 'app',
      scripts: { build: 'do-it' },
      devDependencies: { kit: '*', 'kit-plugin': '*', other: '*' },
    };
    const kit = { name: 'kit', bin: { 'do-it': 'a.js' }, peerDependencies: { 'kit-plugin': '*' } };
    const files = {
      'package.json': { private: true, workspaces: ['packages/*'] },
      'packages/kit/package.json': kit,
      'packages/kit/a.js': '#!/usr/bin/env node\nstart();',
      'packages/app/package.json': app,
      'packages/app/index.js': 'start();',
    };
    assert.deepEqual(await found(files), ['packages/app/package.json unused other']);
  });

  test('a shared configuration of ESLint whose peers nothing tells', async () => {
    const names = ['eslint-config-airbnb-base', 'eslint-plugin-import', 'other'];
    const files = declaring(names, { '.eslintrc.json': '{"extends":["airbnb-base"]}' });
    const lines = names.map((name) => `"${name}@^1.0.0":\n  version "1.0.0"\n`).join('\n');
    const yarn = `# yarn lockfile v1\n\n${lines}`;
    assert.deepEqual(await found({ ...files, 'yarn.lock': yarn }), ['unused other']);
    // npm's lockfile has peers, and this configuration none.
    const packages = {
      '': { dependencies: Object.fromEntries(names.map((name) => [name, '^1.0.0'])) },
      ...Object.fromEntries(names.map((name) => [`node_modules/${name}`, { version: '1.0.0' }])),
      'node_modules/other': { version: '1.0.0', peerDependencies: { another: '*' } },
    };
    const all = await found({ ...files, 'package-lock.json': { lockfileVersion: 3, packages } });
    assert.deepEqual(all, ['unused eslint-plugin-import', 'unused other']);
  });

  test('a peer of a package that another one brings, from node_modules', async () => {
    const lines = ['acme', 'acme-flow', 'core', 'other'].map(
      (name) => `${name}@^1.0.0:\n  version "1.0.0"\n`,
    );
    const brought = lines[0]! + '  dependencies:\n    acme-flow "^1.0.0"\n';
    const yarn = `# yarn lockfile v1\n\n${[brought, ...lines.slice(1)].join('\n')}`;
    const installed = {
      'node_modules/acme/package.json': {},
      'node_modules/acme-flow/package.json': { peerDependencies: { core: '*' } },
    };
    const files = declaring(['acme', 'core', 'other'], { 'src/a.js': 'import "acme";' });
    assert.deepEqual(await found({ ...files, ...installed, 'yarn.lock': yarn }), ['unused other']);
  });

  test('commands that its folder in node_modules has', async () => {
    const files = declaring(['acme', 'other'], {}, { scripts: { a: 'do-it' } });
    const installed = { 'node_modules/acme/package.json': { bin: { 'do-it': 'a.js' } } };
    assert.deepEqual(await found({ ...files, ...installed }), ['unused other']);
  });
});

describe('a lockfile that says which packages have commands, and not what they are called', () => {
  const names = ['@acme/cli', '@other/cli', 'flame-graph-cli'];
  const lockfile = (flag: string) =>
    `lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n${names
      .map((name) => `      '${name}':\n        specifier: ^1.0.0\n        version: 1.0.0\n`)
      .join('')}\npackages:\n${names
      .map((name) => `\n  '${name}@1.0.0':\n    resolution: {integrity: sha512-AAAA}\n${flag}`)
      .join('')}\nsnapshots:\n${names.map((name) => `\n  '${name}@1.0.0': {}\n`).join('')}`;
  const scripts = { a: 'acme --icons', b: 'flame out.svg' };

  test('words of its name are its commands', async () => {
    const files = declaring(names, { 'pnpm-lock.yaml': lockfile('    hasBin: true\n') }, { scripts });
    assert.deepEqual(await found(files), ['unused @other/cli']);
  });

  test('without commands they are words', async () => {
    const files = declaring(names, { 'pnpm-lock.yaml': lockfile('') }, { scripts });
    assert.deepEqual(
      await found(files),
      names.map((name) => `unused ${name}`),
    );
  });
});

describe('a dependency is unused although', () => {
  const cases: readonly (readonly [what: string, names: readonly string[], files: Files])[] = [
    ['a comment names it', ['left-pad'], { 'src/a.js': "// 'left-pad'\n/* require('left-pad') */" }],
    ['a text contains an import', ['left-pad'], { 'src/a.js': 'const x = `import left-pad`;' }],
    [
      'a lockfile, an override and a bot name it',
      ['left-pad'],
      { 'renovate.json': '{"ignoreDeps":["left-pad"]}', 'yarn.lock': 'left-pad@^1:\n' },
    ],
    ['a longer name is imported', ['left-pad'], { 'src/a.js': 'import "left-pad-2"; import "@a/left-pad";' }],
    ['a translation has the word', ['del'], { 'locales/it.json': '{"a":"del"}' }],
    ['only its types are declared', ['cors'], { 'src/a.d.ts': 'declare module "cors";' }],
  ];
  for (const [what, names, files] of cases)
    test(what, async () =>
      assert.deepEqual(
        (await found(declaring(names, files))).filter((each) => each.startsWith('unused')),
        names.map((name) => `unused ${name}`),
      ),
    );

  test('a member uses its own', async () => {
    assert.deepEqual(
      await found({
        'package.json': {
          private: true,
          workspaces: ['packages/*'],
          devDependencies: { zod: '^4.0.0', acme: '^1.0.0' },
        },
        'packages/a/package.json': { name: 'a', dependencies: { zod: '^4.0.0' } },
        'packages/a/index.js': 'import "zod"; import "acme";',
      }),
      ['unused zod'],
    );
  });
});

test('nothing is unused in a folder without code, or where a file cannot be read', async () => {
  assert.deepEqual(
    await found({ 'package.json': { dependencies: { a: '^1.0.0' } }, 'src/a.json': '{}' }),
    [],
  );
});

test('a package that only tests import', async () => {
  const files = { 'src/index.js': 'import "react";', 'test/a.test.js': 'import "nock"; import "react";' };
  assert.deepEqual(await found(declaring(['react', 'nock'], files)), ['misplaced nock']);
});

test('published code that imports a development dependency', async () => {
  const manifest = {
    name: 'acme',
    files: ['lib'],
    main: 'lib',
    devDependencies: { debug: '^4.0.0', ava: '^6.0.0' },
  };
  const files = {
    'lib/index.js': 'require("./b")',
    'lib/b.js': 'require("debug")',
    'test.js': 'require("ava")',
  };
  assert.deepEqual(await found({ 'package.json': manifest, ...files }), ['development debug']);
  const chosen = { ...manifest, peerDependenciesMeta: { debug: { optional: true } } };
  assert.deepEqual(await found({ 'package.json': chosen, ...files }), []);
  const built = { ...manifest, main: 'dist/index.js' };
  assert.deepEqual(await found({ 'package.json': built, ...files }), []);
});

test('an environment of Jest is unused without Jest', async () => {
  const files = { 'vite.config.js': 'export default { test: { environment: "jsdom" } };' };
  const names = ['vite', 'vitest', 'jsdom', 'jest-environment-jsdom'];
  const scripts = { test: 'vitest' };
  assert.deepEqual(await found(declaring(names, files, { scripts })), ['unused jest-environment-jsdom']);
  assert.deepEqual(
    await found(declaring([...names, 'jest'], files, { scripts: { test: 'vitest', old: 'jest' } })),
    [],
  );
});

test('types that only depend on the package have no types', async () => {
  const files = declaring(['marked', '@types/marked'], {
    'src/index.js': 'import "marked";',
    'yarn.lock': [
      '# yarn lockfile v1\n',
      '"@types/marked@^1.0.0":\n  version "1.0.0"\n  dependencies:\n    marked "*"\n',
      'marked@*, marked@^1.0.0:\n  version "1.0.0"\n',
    ].join('\n'),
  });
  assert.deepEqual(await found(files), ['unused @types/marked']);
});

test('a triple-slash reference is missing, as it is compiled', async () => {
  const files = { 'src/a.ts': '/// <reference types="acme" />\nstart();' };
  assert.deepEqual(await found({ 'package.json': { name: 'shop', dependencies: {} }, ...files }), [
    'missing acme',
  ]);
});

test('nothing is unused in a fixture, whose dependencies are read by tests', async () => {
  assert.deepEqual(
    await found({
      'package.json': { private: true },
      'test/fixtures/a/package.json': { dependencies: { acme: '^1.0.0' } },
      'test/fixtures/a/index.js': 'start();',
    }),
    [],
  );
});
