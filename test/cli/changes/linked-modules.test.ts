import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkJson, runCli } from '../run-cli.ts';
import { commit, type Files, NPM, repository, SHOP } from './changed-code.ts';

const SCRIPT: Files = {
  ...NPM,
  'package.json': { ...SHOP, scripts: { postinstall: 'node packages/a/setup.js' } },
  'packages/a/setup.js': "require('b')\n",
};

/** Returns the paths that the rule reports since the commit before the last. */
function pathsSince(directory: string): readonly string[] {
  const { findings } = checkJson(directory, '--base', 'HEAD~1');
  return findings.filter(({ rule }) => rule === 'install-code-changed').map(({ path }) => path);
}

function diffSince(directory: string): string {
  return runCli(['diff', directory, '--base', 'HEAD~1']).out;
}

describe('node_modules in git', () => {
  for (const [folder, base] of [
    ['', NPM],
    ['packages/', SCRIPT],
  ] as const) {
    test(`a link at ${folder}node_modules, and later what it leads to`, () => {
      const directory = repository({ ...base, 'vendor/b/index.js': 'a\n' });
      symlinkSync(folder === '' ? 'vendor' : '../vendor', join(directory, `${folder}node_modules`));
      commit(directory, {});
      assert.deepEqual(pathsSince(directory), [`${folder}node_modules`]);
      assert.ok(diffSince(directory).includes(`\n${folder}node_modules: `), diffSince(directory));
      commit(directory, { 'vendor/b/index.js': 'b\n' });
      assert.deepEqual(pathsSince(directory), ['vendor/b/index.js']);
      assert.ok(diffSince(directory).includes('\nvendor/b: '), diffSince(directory));
      commit(directory, { 'vendor2/b/index.js': 'b\n' });
      assert.deepEqual(pathsSince(directory), []);
    });

    test(`${folder}Node_Modules, which macOS and Windows take for it`, () => {
      const directory = repository(base);
      commit(directory, { [`${folder}Node_Modules/b/index.js`]: 'b\n' });
      assert.deepEqual(pathsSince(directory), [`${folder}Node_Modules/b/index.js`]);
      assert.ok(diffSince(directory).includes(`\n${folder}Node_Modules/b: `), diffSince(directory));
    });
  }

  test('a package that is a link, through another link', () => {
    const directory = repository({ ...NPM, 'lib/b/index.js': 'a\n', 'node_modules/c/index.js': 'a\n' });
    symlinkSync('lib', join(directory, 'vendor'));
    symlinkSync('../vendor/b', join(directory, 'node_modules/b'));
    commit(directory, {});
    commit(directory, { 'lib/b/index.js': 'b\n' });
    assert.deepEqual(pathsSince(directory), ['lib/b/index.js']);
  });

  test('is left alone where nothing of an install is below', () => {
    const directory = repository(SCRIPT);
    symlinkSync('vendor', join(directory, 'x'));
    commit(directory, { 'fixtures/Node_Modules/b/index.js': 'b\n' });
    assert.deepEqual(pathsSince(directory), []);
  });
});
