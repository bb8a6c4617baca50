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
