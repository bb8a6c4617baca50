import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NPM, SHOP } from './changed-code.ts';
import { foundSince } from './found-since.ts';

const withScript = (postinstall: string) => ({
  ...NPM,
  'package.json': { ...SHOP, scripts: { postinstall } },
});

for (const script of [
  'node --env-file=build.env setup.js',
  'node --env-file-if-exists build.env setup.js',
  'bun --env-file=build.env setup.ts',
])
  test(`the variables of ${script}`, () => {
    const base = { ...withScript(script), 'build.env': 'A=1\n' };
    const found = foundSince(base, { 'build.env': 'NODE_OPTIONS=--require=./a.js\n' }, 'build.env');
    assert.deepEqual(found, [`package.json "${script}" warning`]);
  });

test('binary modules that what is run loads, by what git has of them', () => {
  const files = {
    'setup.js': "require('./a.node');\nimport('./b.wasm');\n",
    'a.node': 'a\0b',
    'b.wasm': '\0asm',
  };
  const base = { ...withScript('node setup.js'), ...files };
  for (const path of ['a.node', 'b.wasm'])
    assert.deepEqual(foundSince(base, { [path]: 'b\0c' }, path), ['package.json "node setup.js" warning']);
  assert.deepEqual(foundSince(base, { 'c.node': 'b\0c' }), []);
});
