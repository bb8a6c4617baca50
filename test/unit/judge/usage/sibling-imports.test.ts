import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Files, found } from './found.ts';

const FILES: Files = {
  'package.json': { private: true, workspaces: ['packages/*'] },
  'packages/a/package.json': { name: '@shop/a', dependencies: { react: '^19.0.0' } },
  'packages/a/index.test.js': 'import "react"; import "@shop/b"; import "@shop/a";',
  'packages/b/package.json': { name: '@shop/b' },
  'packages/b/index.js': '',
};

const PNPM_LOCK = "lockfileVersion: '9.0'\nimporters:\n  .: {}\n  packages/a: {}\n  packages/b: {}\n";

test('a member that another one imports is missing there', async () => {
  assert.deepEqual(await found(FILES), ['packages/a/package.json missing @shop/b']);
  const aliases = {
    'babel.config.js': "module.exports = { plugins: [{ alias: { typings: './typings' } }] };",
  };
  assert.deepEqual(await found({ ...FILES, ...aliases }), ['packages/a/package.json missing @shop/b']);
});

describe('no member is missing', () => {
  const cases: readonly (readonly [where: string, path: string, text: string])[] = [
    ['if paths lead to it', 'tsconfig.json', '{"compilerOptions":{"paths":{"@shop/*":["packages/*"]}}}'],
    ['if paths may lead to all', 'tsconfig.json', '{"compilerOptions":{"paths":{"*":["types/*"]}}}'],
    ['if an alias leads to it', 'vite.config.js', "export default { resolve: { alias: { '@shop/b': b } } };"],
    ['if aliases are computed', 'vite.config.js', 'export default { resolve: { alias: entries } };'],
    ['under pnpm, which links what is declared', 'pnpm-lock.yaml', PNPM_LOCK],
  ];
  for (const [where, path, text] of cases)
    test(where, async () => assert.deepEqual(await found({ ...FILES, [path]: text }), []));
});
