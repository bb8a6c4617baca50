import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { lockfileOf, makeProject, runCli } from '../run-cli.ts';

function git(directory: string, ...args: readonly string[]): void {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.test', '-c', 'init.defaultBranch=main'];
  execFileSync('git', [...identity, ...args], { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] });
}

const EVIL = {
  name: 'api',
  lockfileVersion: 3,
  packages: {
    '': { name: 'api', dependencies: { 'event-stream': '3.3.6' } },
    'node_modules/event-stream': { version: '3.3.6' },
  },
};

/** Creates a clean commit, and a second one that adds a project in `api` with malware, and these files. */
function changedProject(files: Readonly<Record<string, string>>): string {
  const directory = makeProject({ 'package.json': { name: 'shop', dependencies: { a: '1.0.0' } } });
  writeFileSync(join(directory, 'package-lock.json'), JSON.stringify(lockfileOf({ a: '1.0.0' })));
  git(directory, 'init', '--quiet');
  git(directory, 'add', '--all');
  git(directory, 'commit', '--quiet', '--message=one');
  mkdirSync(join(directory, 'api'));
  const manifest = { name: 'api', dependencies: { 'event-stream': '3.3.6' } };
  writeFileSync(join(directory, 'api/package.json'), JSON.stringify(manifest));
  writeFileSync(join(directory, 'api/package-lock.json'), JSON.stringify(EVIL));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(directory, path), text);
  git(directory, 'add', '--all', '--force');
  git(directory, 'commit', '--quiet', '--message=two');
  return directory;
}

describe('a change that hides a project', () => {
  test('with .gitignore is reported, as git tracks it', () => {
    const directory = changedProject({ '.gitignore': 'api/\n' });
    const check = runCli(['check', directory]);
    assert.equal(check.code, 1);
    assert.match(check.out, /^api\/package\.json$[\s\S]*event-stream 3\.3\.6/m);
    const diff = runCli(['diff', directory, '--base', 'HEAD~1']);
    assert.match(diff.out, /^api\/package-lock\.json: new since HEAD~1[\s\S]*! event-stream 3\.3\.6/m);
  });

  test('with "exclude" is listed, and checked where another configuration is given', () => {
    const directory = changedProject({ 'dependency-hygiene.json': '{\n  "exclude": ["api"]\n}\n' });
    const check = runCli(['check', directory]);
    assert.match(check.out, /^Excluded: 2 files by "api" in dependency-hygiene\.json:2/m);
    const json = JSON.parse(runCli(['check', directory, '--format', 'json']).out);
    assert.deepEqual(json.excluded, [
      { path: 'api/package-lock.json', glob: 'api', by: { path: 'dependency-hygiene.json', line: 2 } },
      { path: 'api/package.json', glob: 'api', by: { path: 'dependency-hygiene.json', line: 2 } },
    ]);
    const diff = runCli(['diff', directory, '--base', 'HEAD~1']);
    assert.match(
      diff.out,
      /^dependency-hygiene\.json: new[\s\S]*\+ line 2: exclude api {2}\(left out of checks\)/m,
    );

    const own = makeProject({ 'base.json': {} });
    const config = join(own, 'base.json');
    assert.equal(runCli(['check', directory, '--config', config]).code, 1);
    const given = runCli(['diff', directory, '--base', 'HEAD~1', '--config', config]);
    assert.match(given.out, /^api\/package-lock\.json: new since HEAD~1/m);
  });
});

test('diff shows the settings of an install that are not what they were', () => {
  const directory = changedProject({
    '.npmrc': 'registry=https://user:s3cret@npm.evil.example.test/\nstrict-ssl=false\n',
  });
  const { code, out } = runCli(['diff', directory, '--base', 'HEAD~1']);
  assert.equal(code, 0);
  assert.match(out, /^\.npmrc: new, with 2 settings since HEAD~1\.$/m);
  assert.match(out, /! line 1: registry https:\/\/\*\*\*@npm\.evil\.example\.test\/ {2}\(registry, new\)$/m);
  assert.doesNotMatch(out, /s3cret/);
  const json = JSON.parse(runCli(['diff', directory, '--base', 'HEAD~1', '--format', 'json']).out);
  assert.deepEqual(json.configuration[0].changes[1], {
    ...{ key: 'strict-ssl', kind: 'integrity', before: null, after: 'false', line: 2 },
  });
  execFileSync('git', ['rm', '--quiet', '.npmrc'], { cwd: directory });
  assert.match(runCli(['diff', directory]).out, /^\.npmrc: gone, with 2 settings since HEAD\.$/m);
});

test('diff says that a configuration file cannot be compared', () => {
  const directory = changedProject({ '.npmrc': 'registry=\0' });
  const { code, error } = runCli(['diff', directory, '--base', 'HEAD~1']);
  assert.equal(code, 2);
  assert.match(error, /\.npmrc: its settings were not compared: it contains NUL bytes/i);
});

test('diff shows files that an install runs and that are not what they were', () => {
  const directory = makeProject({ 'package.json': { name: 'shop', dependencies: { a: '1.0.0' } } });
  const write = (files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    git(directory, 'add', '--all');
    git(directory, 'commit', '--quiet', '--message=x');
  };
  git(directory, 'init', '--quiet');
  write({
    'package-lock.json': JSON.stringify(lockfileOf({ a: '1.0.0' })),
    '.npmrc': 'script-shell=./tools/shell.sh\n',
    'tools/shell.sh': 'sh "$@"\n',
    'tools/other.sh': 'a\n',
    '.yarn/releases/yarn-4.0.0.cjs': 'a\n',
    '.yarn/plugins/@yarnpkg/b.cjs': 'a\n',
    'patches/a+1.0.0.patch': 'a\n',
    'vendor/a.tgz': '\0a',
    '.pnp.cjs': 'a\r\n',
  });
  write({
    '.pnpmfile.cjs': 'evil\n',
    'tools/shell.sh': 'evil\n',
    'tools/other.sh': 'b\n',
    '.yarn/releases/yarn-4.0.0.cjs': 'evil\n',
    '.yarn/plugins/@yarnpkg/b.cjs': 'evil\n',
    'patches/a+1.0.0.patch': 'evil\n',
    'vendor/a.tgz': '\0evil',
    'vendor/b.tgz': '\0new',
    '.pnp.cjs': 'a\n',
  });
  writeFileSync(join(directory, 'pnpmfile.js'), 'not tracked\n');
  const { code, out } = runCli(['diff', directory, '--base', 'HEAD~1']);
  assert.equal(code, 0);
  const heads = [...out.matchAll(/^(\S+): (changed|new|gone) since HEAD~1\.$/gm)].map((head) =>
    head.slice(1),
  );
  assert.deepEqual(heads, [
    ['.pnpmfile.cjs', 'new'],
    ['.yarn/plugins/@yarnpkg/b.cjs', 'changed'],
    ['.yarn/releases/yarn-4.0.0.cjs', 'changed'],
    ['patches/a+1.0.0.patch', 'changed'],
    ['tools/shell.sh', 'changed'],
    ['vendor/a.tgz', 'changed'],
  ]);
  rmSync(join(directory, '.pnp.cjs'));
  assert.match(runCli(['diff', directory]).out, /^\.pnp\.cjs: gone since HEAD\.$/m);
  assert.match(out, /^ {2}! new file(?:, run by scripts\.\w+)? {2}\(runs code\)$/m);
});

test('diff shows members that take the name of a package or have scripts, and what node_modules has in git', () => {
  const directory = makeProject({ 'package.json': { name: 'shop', workspaces: ['packages/*'] } });
  const write = (files: Readonly<Record<string, object>>) => {
    for (const [path, value] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), JSON.stringify(value));
    }
    git(directory, 'add', '--all', '--force');
    git(directory, 'commit', '--quiet', '--message=x');
  };
  git(directory, 'init', '--quiet');
  write({
    'package-lock.json': lockfileOf({ a: '1.0.0' }),
    'packages/b/package.json': { name: 'b' },
    'packages/c/package.json': { name: 'c' },
    'node_modules/d/package.json': { name: 'd' },
  });
  write({
    'packages/b/package.json': { name: 'b', scripts: { postinstall: 'node evil.js' } },
    'packages/evil/package.json': { name: 'a' },
    'node_modules/a/index.js': {},
    'node_modules/d/package.json': { name: 'd', main: 'evil.js' },
  });
  const { out } = runCli(['diff', directory, '--base', 'HEAD~1']);
  assert.deepEqual(out.trim().split(/\n+/).slice(1), [
    '  ! packages/evil is a new workspace member, not locked',
    'node_modules/a: changed since HEAD~1.',
    '  ! 1 file changed  (runs code)',
    'node_modules/d: changed since HEAD~1.',
    '  ! 1 file changed  (runs code)',
    'packages/b/package.json: 1 setting changed since HEAD~1.',
    '  ! line 1: scripts.postinstall node evil.js  (scripts, new)',
    'packages/evil/package.json: new, with 1 setting since HEAD~1.',
    '  + line 1: name a  (read by an install)',
  ]);
});

test('a project that git tracks in a folder where nobody keeps one is checked', () => {
  for (const folder of ['.hg/api', '.svn/api', '.yarn/cache/api']) {
    const directory = makeProject({ 'package.json': { name: 'shop', dependencies: { a: '1.0.0' } } });
    writeFileSync(join(directory, 'package-lock.json'), JSON.stringify(lockfileOf({ a: '1.0.0' })));
    git(directory, 'init', '--quiet');
    mkdirSync(join(directory, folder), { recursive: true });
    const manifest = { name: 'api', dependencies: { 'event-stream': '3.3.6' } };
    writeFileSync(join(directory, folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(directory, folder, 'package-lock.json'), JSON.stringify(EVIL));
    assert.doesNotMatch(runCli(['check', directory]).out, /event-stream/);
    git(directory, 'add', '--all', '--force');
    assert.match(runCli(['check', directory]).out, /event-stream 3/, folder);
  }
});
