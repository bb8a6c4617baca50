import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkJson, makeProject, runCli } from './run-cli.ts';

const SHOP = { name: 'shop', version: '1.0.0', private: true };

describe('a message says one thing, with its subject', () => {
  test('outdated of a package.json that is UTF-16', () => {
    const folder = makeProject({ 'package.json': SHOP });
    writeFileSync(join(folder, 'package.json'), Buffer.from(`\uFEFF${JSON.stringify(SHOP)}`, 'utf16le'));
    const { code, out } = runCli(['outdated', folder]);
    assert.equal(code, 2);
    assert.match(
      out,
      /^Nothing was compared, as no package\.json could be read\.\nNot checked: package\.json/,
    );
    assert.match(out, /is not UTF-8 text/);
    assert.doesNotMatch(out, /No package\.json/);
  });

  test('a command that needs a lockfile, of one that is no text', () => {
    for (const [bytes, said] of [
      [Buffer.from('\uFEFF{}', 'utf16le'), 'is not UTF-8 text'],
      [Buffer.from('{\0}'), 'contains NUL bytes'],
    ] as const) {
      const folder = makeProject({ 'package.json': SHOP });
      writeFileSync(join(folder, 'package-lock.json'), bytes);
      const { code, error } = runCli(['audit', folder]);
      assert.equal(code, 2);
      assert.equal(error, `dephygiene: package-lock.json ${said}; fix it first.\n`);
    }
  });

  test('a package.json with conflict markers', () => {
    const text = JSON.stringify(SHOP, undefined, 2).replace(
      /.*"version".*\n/,
      '<<<<<<< ours\n  "version": "1.0.0",\n=======\n  "version": "1.1.0",\n>>>>>>> theirs\n',
    );
    const { files, coverage } = checkJson(makeProject({ 'package.json': text }));
    assert.equal(files[0]?.reason, 'It has an unresolved merge conflict.');
    assert.match(coverage.gaps[0]!.detail, /: it has an unresolved merge conflict$/);
    assert.doesNotMatch(JSON.stringify(coverage), /symbol/);
  });

  test('check --verbose names its data once, and counts files of the folder alone', () => {
    const folder = makeProject({ 'package.json': SHOP });
    const home = makeProject({ '.npmrc': 'fund=false\n' });
    const { out } = runCli(['check', folder, '--verbose'], { env: { HOME: home } });
    assert.equal(out.match(/^Data:/gm)?.length, 1);
    assert.match(out, / · 1 file\n/);
  });

  test('check --base outside a repository', () => {
    const { code, error } = runCli(['check', makeProject({ 'package.json': SHOP }), '--base', 'nope']);
    assert.equal(code, 2);
    assert.equal(
      error,
      'dephygiene: --base nope cannot be used: the directory is not in a git repository.\n',
    );
  });
});
