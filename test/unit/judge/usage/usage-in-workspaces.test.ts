import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { declaring, found } from './found.ts';

describe('code outside of all members', () => {
  const files = (member: string) => ({
    'package.json': { private: true, workspaces: ['packages/*'], dependencies: { zod: '^4.0.0' } },
    'libs/a.ts': 'import "zod"; import "acme"; load("acme-preset"); require("acme-for-" + name);',
    'packages/b/package.json': {
      name: 'b',
      dependencies: { acme: '^1.0.0', zod: '^4.0.0', 'acme-preset': '^1.0.0', 'acme-for-b': '^1.0.0' },
    },
    'packages/b/index.ts': member,
    'tsconfig.json': '{"compilerOptions":{"paths":{"@libs/*":["./libs/*"]}}}',
  });
  test('is part of a member that imports it by an alias', async () =>
    assert.deepEqual(await found(files('import "@libs/a";')), ['missing acme']));
  test('is of no member that does not', async () =>
    assert.deepEqual(await found(files('start();')), [
      'packages/b/package.json unused acme',
      'packages/b/package.json unused zod',
      'packages/b/package.json unused acme-preset',
      'packages/b/package.json unused acme-for-b',
      'missing acme',
    ]));
});

test('an import is missing of its nearest manifest, whatever siblings declare', async () => {
  assert.deepEqual(
    await found({
      'package.json': { private: true, workspaces: ['packages/*'], dependencies: { zod: '^4.0.0' } },
      'packages/a/package.json': { name: 'a', dependencies: { react: '^19.0.0' } },
      'packages/a/index.js': 'import "zod"; import "react"; import "acme";',
      'packages/b/package.json': { name: 'b', dependencies: { acme: '^1.0.0' } },
      'packages/b/index.js': 'import "acme";',
    }),
    ['packages/a/package.json missing acme'],
  );
});

test('a nested project that is not a member declares for itself', async () => {
  assert.deepEqual(
    await found({
      'package.json': { private: true, dependencies: { react: '^19.0.0' } },
      'index.js': 'import "react";',
      'website/package.json': { dependencies: { acme: '^1.0.0' } },
      'website/index.js': 'import "acme";',
    }),
    [],
  );
});

test('a bundle uses what its undeclared siblings import, if its externals come from the manifest', async () => {
  const files = {
    'package.json': { private: true, workspaces: ['packages/*'], devDependencies: { zod: '^4.0.0' } },
    'packages/core/package.json': { name: '@a/core', dependencies: { zod: '^4.0.0' } },
    'packages/core/index.js': 'import "zod";',
    'packages/all/package.json': { name: '@a/all', dependencies: { zod: '^4.0.0', acme: '^1.0.0' } },
    'packages/all/index.js': 'export * from "@a/core";',
  };
  const rollup = { 'rollup.config.js': 'export default { external: Object.keys(pkg.dependencies) }' };
  assert.deepEqual(await found({ ...files, ...rollup }), [
    'unused zod',
    'packages/all/package.json unused acme',
    'packages/all/package.json missing @a/core',
  ]);
  const all = await found(files);
  assert.ok(all.includes('packages/all/package.json unused zod'), all.join());
});

test('the code of a member in a folder of documentation or tests is its own', async () => {
  const member = (name: string) => ({ name, private: true, dependencies: { acme: '^1.0.0', zod: '^4.0.0' } });
  const files = {
    'package.json': { private: true, workspaces: ['docs', 'apps/*'] },
    'docs/package.json': member('docs'),
    'docs/app/a.js': "import 'acme'; import 'zod';",
    'apps/site/package.json': member('site'),
    'apps/site/src/components/docs/a.js': "import 'acme'; import 'zod';",
    'apps/shop/package.json': member('shop'),
    'apps/shop/src/a.js': "import 'zod';",
    'apps/shop/src/a.test.js': "import 'acme';",
  };
  assert.deepEqual(await found(files), ['apps/shop/package.json misplaced acme']);
});

test('a workflow of the repository starts commands of members, unless the root has the package', async () => {
  const files = (dependencies: object) => ({
    'package.json': { private: true, workspaces: ['packages/*'], dependencies },
    'packages/a/package.json': { name: 'a', dependencies: { acme: '^1.0.0', other: '^1.0.0' } },
    'packages/a/index.js': 'start();',
    '.github/workflows/a.yml': 'jobs:\n  a:\n    steps:\n      - run: yarn acme ./a.tgz\n',
  });
  assert.deepEqual(await found(files({})), ['packages/a/package.json unused other']);
  assert.deepEqual(await found(files({ acme: '^1.0.0' })), [
    'packages/a/package.json unused acme',
    'packages/a/package.json unused other',
  ]);
});

test('a package that shares a configuration uses what its files name in short', async () => {
  const shared = (name: string, file: string) =>
    found({
      'package.json': { private: true, workspaces: ['packages/*'] },
      'packages/lint/package.json': {
        name,
        devDependencies: { 'eslint-config-turbo': '^2.0.0' },
      },
      [`packages/lint/${file}`]: "module.exports = { extends: ['turbo'] };",
    });
  assert.deepEqual(await shared('@acme/eslint-config', 'next.js'), []);
  assert.deepEqual(await shared('eslint-config-acme', 'lib/base.js'), []);
  assert.deepEqual(await shared('@acme/engine', 'next.js'), [
    'packages/lint/package.json unused eslint-config-turbo',
  ]);
});

describe('what a framework loads by itself', () => {
  const strapi = [
    '@strapi/strapi',
    '@strapi/plugin-i18n',
    '@strapi/provider-upload-aws-s3',
    'better-sqlite3',
  ];
  const start = 'require("@strapi/strapi");';
  test('plugins, providers and drivers of Strapi', async () => {
    const files = {
      'src/index.js': start,
      'config/database.js': "module.exports = { client: 'sqlite' };",
      'config/plugins.js': "module.exports = { upload: { config: { provider: 'aws-s3' } } };",
    };
    assert.deepEqual(await found(declaring(strapi, files)), []);
    assert.deepEqual(await found(declaring(strapi, { 'src/index.js': start })), [
      'unused @strapi/provider-upload-aws-s3',
      'unused better-sqlite3',
    ]);
  });
  test('esbuild, which bundles functions of AWS', async () => {
    const bundling = { 'src/a.ts': "import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';" };
    assert.deepEqual(await found(declaring(['aws-cdk-lib', 'esbuild'], bundling)), []);
    const other = { 'src/a.ts': "import { Function } from 'aws-cdk-lib/aws-lambda';" };
    assert.deepEqual(await found(declaring(['aws-cdk-lib', 'esbuild'], other)), ['unused esbuild']);
  });
  test('peers of the router of Expo, where the lockfile records none', async () => {
    const names = ['expo-router', 'expo-linking', 'react-native-screens', 'left-pad'];
    const app = { 'src/a.tsx': "import { Stack } from 'expo-router';" };
    assert.deepEqual(await found(declaring(names, app)), ['unused left-pad']);
  });
});
