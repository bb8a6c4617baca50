import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { displayWidth } from '../../server/src/core/read/text/words/visible-text.ts';
import { CLI, checkJson, lockfileOf, MIRROR, makeProject, runCli } from './run-cli.ts';

const CLEAN = { 'package.json': { name: 'shop' }, 'dependency-hygiene.json': MIRROR };
const SQUAT = {
  'package.json': { name: 'shop', dependencies: { loadsh: '^4.17.0' }, packageManager: 'npm@11.19.1' },
  'package-lock.json': lockfileOf({ loadsh: '^4.17.0' }),
  'dependency-hygiene.json': MIRROR,
};
const FAULTY = { 'package.json': { name: 'shop', dependencies: { lodash: 'not a range at all' } } };

describe('exit code', () => {
  const clean = makeProject(CLEAN);
  const squat = makeProject(SQUAT);
  const faulty = makeProject(FAULTY);
  const unreadable = makeProject({ ...SQUAT, 'package-lock.json': 'no\0text' });
  const codeOf = (directory: string, ...args: string[]) => runCli(['check', directory, ...args]).code;

  test('is 0 without findings, and with findings below the threshold', () => {
    assert.equal(codeOf(clean), 0);
    assert.equal(codeOf(clean, '--fail-on', 'information'), 0);
    assert.equal(codeOf(squat), 0);
  });

  test('is 1 with a finding at or over the threshold', () => {
    assert.equal(codeOf(faulty), 1);
    assert.equal(codeOf(squat, '--fail-on', 'warning'), 1);
    assert.equal(codeOf(squat, '--fail-on=information'), 1);
    assert.equal(codeOf(faulty, '--fail-on', 'warning'), 1);
  });

  test('is 0 with never, whatever there is', () => {
    for (const directory of [clean, squat, faulty, unreadable]) {
      assert.equal(codeOf(directory, '--fail-on', 'never'), 0);
    }
  });

  test('is 2 for a lockfile or manifest that could not be read, with one line and the report all the same', () => {
    const { code, out, error } = runCli(['check', unreadable]);
    assert.equal(code, 2);
    assert.match(
      error,
      /^dephygiene: could not read package-lock\.json \(it contains NUL bytes\); fix or exclude it\.\n$/,
    );
    assert.match(out, /loadsh/);
    assert.match(
      out,
      /^Failed: 1 warning\.\nExit code 2 \(a file was not read completely\) · 2 of 3 files\n/,
    );
    assert.match(
      out,
      /^Not checked: package-lock\.json \(not read: it contains NUL bytes\). Restore it\s+from\s+git,/m,
    );
    const verbose = runCli(['check', unreadable, '--verbose']).out;
    assert.match(verbose, /^ {2}- package-lock\.json: not read: it contains NUL bytes\. Restore /m);
    const noObject = runCli(['check', makeProject({ 'package.json': '[]' })]);
    assert.equal(noObject.code, 2);
    assert.match(noObject.error, /^dephygiene: could not read package\.json [^\n]+\n$/);
  });
});

describe('text', () => {
  const squat = makeProject(SQUAT);

  test('has a frame for each finding, no colour and at most 80 columns', () => {
    const { out, error } = runCli(['check', squat, '--offline']);
    assert.match(
      out,
      /^Passed: 1 warning\.\nExit code 0 \(only errors fail\) · 3 files · 1 locked package\n[\s\S]*\n\npackage\.json\n {2}4:5 {2}warning {2}"loadsh" looks like [\s\S]*?\n {3}4 \| {5}"loadsh": "\^4\.17\.0"\n {5}\| {5}\^{8} {2}Replace/,
    );
    assert.match(out, /^Data: advisories of .* \(bundled, [\s\S]* · offline$/m);
    const verbose = runCli(['check', squat, '--offline', '--verbose']).out;
    assert.match(
      verbose,
      /^Data: advisories of .* \(bundled, [\s\S]*\spartial since\) ·\s+"dephygiene db update"[\s\S]* ·\s+popular\s+names\s+of [\s\S]* ·\s+offline$/m,
    );
    assert.ok(!out.includes('\u001b'));
    assert.equal(error, '');
    for (const line of out.split('\n')) assert.ok(displayWidth(line) <= 80, line);
  });

  test('has colours where they are forced, not where they are refused', () => {
    const has = (env: Record<string, string>) => runCli(['check', squat], { env }).out.includes('\u001b[');
    assert.equal(has({ FORCE_COLOR: '1' }), true);
    assert.equal(has({ FORCE_COLOR: '1', NO_COLOR: '1' }), true);
    assert.equal(has({ FORCE_COLOR: '0' }), false);
    assert.equal(has({ NO_COLOR: '1' }), false);
  });

  test('counts the hints, and lists them where they are asked for; JSON has them anyway', () => {
    const entry = (letter: string) => ({ version: '1.0.0', integrity: `sha512-${letter.repeat(86)}==` });
    const directory = makeProject({
      'package.json': { name: 'shop', packageManager: 'npm@11.19.1', dependencies: { once: '^1.0.0' } },
      'package-lock.json': {
        name: 'shop',
        lockfileVersion: 3,
        packages: {
          '': { name: 'shop', dependencies: { once: '^1.0.0' } },
          'node_modules/once': { ...entry('A'), dependencies: { old: '1' } },
          'node_modules/old': { ...entry('Q'), deprecated: 'use once' },
        },
      },
    });
    const without = runCli(['check', directory]).out;
    assert.match(without, /^Passed: 1 hint\.\n/);
    assert.match(
      without,
      /\n1 more finding; list all with --verbose --severity hint\n {2}\. {2}1 hint\n {4}1 deprecated-dependency: old 1\.0\.0\n$/,
    );
    assert.ok(!without.includes('is deprecated'));
    const shown = runCli(['check', directory, '--severity', 'hint']).out;
    assert.match(shown, /hint {2}old 1\.0\.0 is deprecated/);
    assert.doesNotMatch(shown, /more finding/);
    const rules = checkJson(directory).findings.map(({ rule }) => rule);
    assert.deepEqual(rules, ['deprecated-dependency']);
  });

  test('is at most 120 lines long, however much there is; --verbose lists all', () => {
    const dependencies = Object.fromEntries(
      Array.from({ length: 300 }, (_, at) => [`left-pad-${at}`, 'not a range']),
    );
    const directory = makeProject({ 'package.json': { dependencies } });
    const lines = runCli(['check', directory]).out.trimEnd().split('\n');
    assert.ok(lines.length <= 120, String(lines.length));
    assert.match(lines[0]!, /^Failed: 300 errors/);
    const all = runCli(['check', directory, '--verbose']).out;
    assert.equal(all.match(/ error /g)?.length, 300);
  });

  test('compact has a line for each finding', () => {
    const directory = makeProject({ ...SQUAT, 'yarn.lock': '# yarn lockfile v7\n' });
    const { out, code } = runCli(['check', directory, '--format', 'compact']);
    const lines = out.trimEnd().split('\n');
    assert.equal(
      lines.length,
      checkJson(directory).findings.filter(({ severity }) => severity !== 'hint').length,
    );
    assert.ok(
      lines.some((line) => /^package\.json:4:5: warning "loadsh" .* \[typosquat-name\]$/.test(line)),
      out,
    );
    assert.equal(code, runCli(['check', directory]).code);
  });

  test('says nothing when its reader goes away', async () => {
    const dependencies = Object.fromEntries(
      Array.from({ length: 3000 }, (_, at) => [`left-pad-${at}`, 'not a range']),
    );
    const directory = makeProject({ 'package.json': { dependencies } });
    const child = spawn(process.execPath, [CLI, 'check', directory], { stdio: ['ignore', 'pipe', 'pipe'] });
    let error = '';
    child.stderr.on('data', (chunk) => {
      error += chunk;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    await once(child, 'close');
    assert.equal(error, '');
  });

  test('checks the working directory where none is given', () => {
    assert.equal(runCli(['check'], { cwd: squat }).out, runCli(['check', squat]).out);
    assert.equal(runCli(['check', '.'], { cwd: squat }).out, runCli(['check', squat]).out);
  });
});

describe('json', () => {
  const squat = makeProject({ ...SQUAT, 'yarn.lock': '# yarn lockfile v7\n' });
  const report = checkJson(squat, '--offline');

  test('has the documented members', () => {
    assert.equal(report.version, 1);
    assert.equal(report.root, squat);
    assert.deepEqual(
      report.files.map(({ path, kind, status }) => [path, kind, status]),
      [
        ['dependency-hygiene.json', 'configuration', 'checked'],
        ['package-lock.json', 'package-lock', 'checked'],
        ['package.json', 'manifest', 'checked'],
        ['yarn.lock', 'yarn', 'unsupported'],
      ],
    );
    assert.deepEqual(report.files[1]?.entries, { read: 1, total: 1 });
    assert.match(report.files[3]?.reason ?? '', /^Version 7 .*\.$/);
    assert.equal(report.files[3]?.entries, undefined);
    const finding = report.findings.find(
      ({ path, rule }) => path === 'package.json' && rule === 'typosquat-name',
    );
    assert.equal(finding?.severity, 'warning');
    assert.equal(finding?.target, 'lodash');
    assert.equal(finding?.package, 'loadsh');
    assert.deepEqual(finding?.range, { start: { line: 3, character: 4 }, end: { line: 3, character: 12 } });
    assert.equal(
      report.summary.warnings,
      report.findings.filter(({ severity }) => severity === 'warning').length,
    );
    assert.equal(report.sources.find(({ kind }) => kind === 'registry')?.status, 'offline');
  });

  test('offers with every finding to ignore it, by an edit that creates the configuration where there is none', () => {
    const fixes = checkJson(makeProject(FAULTY)).findings[0]?.fixes ?? [];
    const ignore = fixes.find(({ title }) => title.startsWith('Ignore until '));
    assert.equal(ignore?.edits[0]?.path, 'dependency-hygiene.json');
    const empty = { line: 0, character: 0 };
    assert.deepEqual(ignore?.edits[0]?.range, { start: empty, end: empty });
  });

  test('is the same each time', () => {
    assert.equal(
      runCli(['check', squat, '--format', 'json']).out,
      runCli(['check', squat, '--format', 'json']).out,
    );
  });
});

describe('walk', () => {
  const manifest = { dependencies: { loadsh: '^4.17.0' } };
  const manifestsOf = (directory: string, ...args: string[]) =>
    checkJson(directory, ...args)
      .files.filter(({ kind }) => kind === 'manifest')
      .map(({ path }) => path);

  test('leaves out what is installed, ignored by git, or excluded', () => {
    const directory = makeProject({
      'package.json': manifest,
      '.gitignore': 'build/\n!build/kept/\n/top/\n',
      'dependency-hygiene.json': { exclude: ['fixtures/**', '**/old/package.json'] },
      'node_modules/a/package.json': manifest,
      'b/node_modules/c/package.json': manifest,
      '.git/package.json': manifest,
      '.yarn/cache/package.json': manifest,
      'b/build/package.json': manifest,
      'top/package.json': manifest,
      'b/top/package.json': manifest,
      'fixtures/x/package.json': manifest,
      'b/old/package.json': manifest,
    });
    assert.deepEqual(manifestsOf(directory), ['b/top/package.json', 'package.json']);
    const files = checkJson(directory).files.map(({ path }) => path);
    assert.ok(files.includes('.gitignore') && files.includes('dependency-hygiene.json'));
  });

  test('does not follow links out of the directory', () => {
    const outside = makeProject({ 'package.json': manifest, 'sub/package.json': manifest });
    const directory = makeProject({ 'package.json': {}, 'inside/package.json': {} });
    symlinkSync(outside, join(directory, 'out'), 'junction');
    symlinkSync(join(directory, 'inside'), join(directory, 'link'), 'junction');
    symlinkSync(directory, join(directory, 'loop'), 'junction');
    mkdirSync(join(directory, 'file'));
    symlinkSync(join(outside, 'package.json'), join(directory, 'file/package.json'));
    assert.deepEqual(manifestsOf(directory), ['inside/package.json', 'link/package.json', 'package.json']);
  });

  test('takes a directory that is itself a link', () => {
    const directory = makeProject({ 'package.json': manifest });
    const elsewhere = makeProject({});
    symlinkSync(directory, join(elsewhere, 'link'), 'junction');
    assert.deepEqual(manifestsOf(join(elsewhere, 'link')), ['package.json']);
  });

  test('gives each manifest to the nearest root that claims it', () => {
    const directory = makeProject({
      'package.json': { name: 'root', workspaces: ['packages/*'] },
      'package-lock.json': {
        name: 'root',
        lockfileVersion: 3,
        packages: {
          '': { name: 'root', workspaces: ['packages/*'] },
          'packages/a': { name: 'a', dependencies: { lodash: '^4.17.0' } },
          'node_modules/a': { resolved: 'packages/a', link: true },
          'node_modules/lodash': {
            version: '4.17.21',
            resolved: 'https://registry.example.test/lodash/-/lodash-4.17.21.tgz',
            integrity: `sha512-${'A'.repeat(86)}==`,
          },
        },
      },
      'dependency-hygiene.json': MIRROR,
      'packages/a/package.json': { name: 'a', dependencies: { lodash: '^4.17.0' } },
      'nested/package.json': { name: 'nested', dependencies: { lodash: '^4.17.0' } },
    });
    const missing = checkJson(directory).findings.filter(({ rule }) => rule === 'lockfile-missing');
    assert.deepEqual(
      missing.map(({ path }) => path),
      ['nested/package.json'],
    );
  });

  test('writes paths with slashes, and as they are named', () => {
    const directory = makeProject({ 'a b/ü#%/package.json': manifest });
    assert.deepEqual(manifestsOf(directory), ['a b/ü#%/package.json']);
  });
});

describe('configuration', () => {
  test('of the nearest root wins, and --config over it', () => {
    const directory = makeProject({
      'package.json': { dependencies: { loadsh: '^4.17.0' } },
      'sub/package.json': { dependencies: { loadsh: '^4.17.0' } },
      'sub/dependency-hygiene.json': '{ // as agreed\n  "rules": { "typosquat-name": "off" } }\n',
      'other.json': { rules: { 'typosquat-name': 'error' } },
    });
    const squats = (...args: string[]) =>
      checkJson(directory, ...args)
        .findings.filter(({ rule }) => rule === 'typosquat-name')
        .map(({ path, severity }) => `${path} ${severity}`);
    assert.deepEqual(squats(), ['package.json warning']);
    assert.deepEqual(squats('--config', join(directory, 'other.json')), [
      'package.json error',
      'sub/package.json error',
    ]);
  });

  test('with an unknown key is a finding', () => {
    const directory = makeProject({ 'package.json': {}, 'dependency-hygiene.json': '{ "rulez": {} }\n' });
    const { findings } = checkJson(directory);
    assert.deepEqual(
      findings.map(({ rule, path }) => [rule, path]),
      [['policy-file-invalid', 'dependency-hygiene.json']],
    );
  });
});

describe('half-written files', () => {
  test('are checked as far as they go, and said to be partly read', () => {
    const directory = makeProject({ 'package.json': '{ "dependencies": { "loadsh": "^4.17.0",' });
    const report = checkJson(directory);
    assert.equal(report.files[0]?.status, 'partial');
    assert.ok(report.findings.some(({ rule }) => rule === 'typosquat-name'));
    assert.match(
      runCli(['check', directory]).out,
      /^Not checked: package\.json \(read only in part, line 1: /m,
    );
  });

  test('with marks of a byte order and Windows line ends have the right ranges', () => {
    const directory = makeProject({});
    writeFileSync(
      join(directory, 'package.json'),
      '\uFEFF{\r\n  "dependencies": {\r\n    "loadsh": "^4.17.0"\r\n  }\r\n}\r\n',
    );
    const finding = checkJson(directory).findings.find(({ rule }) => rule === 'typosquat-name');
    assert.deepEqual(finding?.range.start, { line: 2, character: 4 });
  });
});
