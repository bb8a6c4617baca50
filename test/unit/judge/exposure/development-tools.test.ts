import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDevelopmentTool } from '../../../../server/src/core/judge/exposure/development-tools.ts';

const are = (names: string) => names.split(' ').map((name) => [name, isDevelopmentTool(name)]);
const all = (names: string, expected: boolean) => names.split(' ').map((name) => [name, expected]);

test('bundlers, compilers, linters, test runners and documentation builders are development tools', () => {
  const tools =
    'webpack react-scripts gatsby @docusaurus/core @babel/core babel-preset-env eslint eslint-plugin-react ' +
    '@acme/eslint-config @acme/eslint-plugin-x copy-webpack-plugin jest gulp-sass @types/node @typescript-eslint/parser';
  assert.deepEqual(are(tools), all(tools, true));
});

test('what servers and pages load is none, nor is a name that only looks alike', () => {
  const others =
    'next nuxt @remix-run/dev express react vue lodash axios @babel/runtime @babel/runtime-corejs3 @swc/helpers ' +
    'ts-node playwright jsdom @grpc/proto-loader dataloader jest-diff webpack2 gulps @babelx/core eslint-scope ' +
    'my-eslint-plugin-x constructor __proto__ @types';
  assert.deepEqual(are(others), all(others, false));
});
