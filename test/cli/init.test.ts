import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { newNpmToken } from '../npm-token.ts';
import { makeProject, runCli } from './run-cli.ts';

const SHOP = { name: 'shop', private: true };

describe('init', () => {
  test('prints the difference, and writes nothing', () => {
    const token = newNpmToken();
    const npmrc = `registry=https://npm.acme.test/\n//npm.acme.test/:_authToken=${token}\n`;
    const directory = makeProject({
      'package.json': { ...SHOP, packageManager: 'npm@12.2.0' },
      '.npmrc': npmrc,
    });
    const { code, out } = runCli(['init', directory]);
    assert.equal(code, 1);
    assert.equal(
      out,
      `2 settings to add for npm 12.2.0.

--- a/.npmrc
+++ b/.npmrc
@@ -1,2 +1,6 @@
 registry=https://npm.acme.test/
+# Most malware is removed within days: install no version younger than 3 days.
+min-release-age=3
+# New dependencies get one exact version, and update only when someone decides it.
+save-exact=true
 //npm.acme.test/:_authToken=***

Nothing was written. Add --write to write this file.
`,
    );
    assert.equal(readFileSync(join(directory, '.npmrc'), 'utf8'), npmrc);
  });

  test('writes with --write, and has nothing to do afterwards', () => {
    const directory = makeProject({
      'package.json': { ...SHOP, packageManager: 'pnpm@12.21.0' },
      'pnpm-workspace.yaml': 'savePrefix: ~\n',
    });
    assert.equal(runCli(['init', directory]).code, 1);
    const { code, out } = runCli(['init', directory, '--write']);
    assert.equal(code, 0);
    assert.match(out, /^2 settings added for pnpm 12\.21\.0\./);
    assert.match(
      out,
      /Left as they are:\n {2}pnpm-workspace\.yaml: savePrefix: ~ \(safe: savePrefix: ''\)\n/,
    );
    const written = readFileSync(join(directory, 'pnpm-workspace.yaml'), 'utf8');
    assert.match(
      written,
      /^savePrefix: ~\n\n# .*\nminimumReleaseAge: 4320\n# .*\ntrustPolicy: no-downgrade\n$/,
    );
    const again = runCli(['init', directory, '--write']);
    assert.deepEqual([again.code, again.out.split('\n')[0]], [0, 'Nothing to add for pnpm 12.21.0.']);
    assert.equal(readFileSync(join(directory, 'pnpm-workspace.yaml'), 'utf8'), written);
  });

  test('creates files, and names those that it cannot edit', () => {
    const npm = makeProject({ 'package.json': SHOP });
    assert.equal(runCli(['init', npm, '--write']).code, 0);
    assert.match(readFileSync(join(npm, '.npmrc'), 'utf8'), /^# .*\nignore-scripts=true\n/);
    const bun = makeProject({
      'package.json': { ...SHOP, packageManager: 'bun@1.4.5' },
      'bunfig.toml': 'install = { exact = true }\n',
    });
    const { code, out } = runCli(['init', bun, '--write']);
    assert.equal(code, 2);
    assert.match(
      out,
      /Not added, as the file cannot be edited:\n {2}bunfig\.toml: install\.minimumReleaseAge = 259200\./,
    );
    assert.ok(!existsSync(join(bun, '.npmrc')));
  });
});
