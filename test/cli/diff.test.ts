import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { lockfileOf, makeProject, runCli } from './run-cli.ts';

function git(directory: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.test', '-c', 'init.defaultBranch=main'];
  const stdio: ('ignore' | 'pipe')[] = ['ignore', 'pipe', 'pipe'];
  return execFileSync('git', [...identity, ...args], { cwd: directory, encoding: 'utf8', stdio }).trim();
}

function writeLock(directory: string, dependencies: Readonly<Record<string, string>>): void {
  writeFileSync(join(directory, 'package-lock.json'), JSON.stringify(lockfileOf(dependencies), undefined, 2));
}

/** A project with one commit of a lockfile with these packages. */
function committed(dependencies: Readonly<Record<string, string>>): string {
  const directory = makeProject({ 'package.json': { name: 'shop', dependencies } });
  writeLock(directory, dependencies);
  git(directory, 'init', '--quiet');
  git(directory, 'add', '--all');
  git(directory, 'commit', '--quiet', '--message=one');
  return directory;
}

describe('dephygiene diff', () => {
  const directory = committed({ a: '1.0.0', b: '1.0.0', c: '1.0.0' });
  const first = git(directory, 'rev-parse', 'HEAD');

  test('says that nothing differs', () => {
    const { code, out, error } = runCli(['diff', directory]);
    assert.deepEqual([code, error], [0, '']);
    assert.equal(out, `package-lock.json: the same packages as in HEAD (${first.slice(0, 8)}).\n`);
  });

  test('prints what is new, other and gone since HEAD', () => {
    writeLock(directory, { a: '1.0.0', b: '1.1.0', d: '1.0.0' });
    const lockfile = join(directory, 'package-lock.json');
    const lock = lockfileOf({ a: '1.0.0', b: '1.1.0', d: '1.0.0' }) as { packages: Record<string, object> };
    Object.assign(lock.packages['node_modules/a']!, { integrity: `sha512-${'B'.repeat(86)}==` });
    Object.assign(lock.packages['node_modules/d']!, { hasInstallScript: true, dev: true });
    writeFileSync(lockfile, JSON.stringify(lock, undefined, 2));
    const { code, out, error } = runCli(['diff', directory]);
    assert.deepEqual([code, error], [0, '']);
    assert.match(
      out,
      /^package-lock\.json: 1 new, 1 changed, 1 removed, 1 not the same in one version\nsince HEAD/,
    );
    assert.match(out, /^ {2}! a 1\.0\.0 has another hash\n {6}sha512-A+/m);
    assert.match(
      out,
      /^ {2}\+ d 1\.0\.0 {2}has an install script, development only\n {2}~ b 1\.0\.0 -> 1\.1\.0\n {2}- c 1\.0\.0\n$/m,
    );
    for (const line of out.split('\n')) assert.ok(line.length <= 80, line);
  });

  test('prints the same as JSON, with what it was compared with', () => {
    const { code, out } = runCli(['diff', directory, '--format', 'json']);
    assert.equal(code, 0);
    const { version, lockfiles } = JSON.parse(out);
    const [lockfile] = lockfiles;
    assert.deepEqual([version, lockfiles.length, lockfile.compared], [1, 1, true]);
    assert.deepEqual(lockfile.base, {
      name: 'HEAD',
      commit: first,
      status: 'checked',
      format: 'package-lock',
    });
    assert.deepEqual(lockfile.added, [
      { name: 'd', version: '1.0.0', source: 'registry', dev: true, optional: false, installScript: true },
    ]);
    assert.deepEqual(
      [lockfile.removed.length, lockfile.changed[0].name, lockfile.altered[0].what],
      [1, 'b', 'integrity'],
    );
  });

  test('compares with another commit or another lockfile, of any format', () => {
    git(directory, 'add', '--all');
    git(directory, 'commit', '--quiet', '--message=two');
    assert.match(runCli(['diff', directory]).out, /the same packages as in HEAD/);
    assert.match(runCli(['diff', directory, '--base', 'HEAD~1']).out, /since HEAD~1 \([\da-f]{8}\)\./);
    assert.match(
      runCli(['diff', directory, '--base', first.slice(0, 10)]).out,
      new RegExp(`since ${first.slice(0, 10)}\\.`),
    );
    const other = makeProject({ 'yarn.lock': '# yarn lockfile v1\n\n\na@1.0.0:\n  version "1.0.0"\n' });
    const { code, out } = runCli(['diff', directory, '--base', join(other, 'yarn.lock')]);
    assert.equal(code, 0);
    assert.match(out, /: 2 new since/);
  });

  test('a lockfile that HEAD has not is new', () => {
    const fresh = committed({ a: '1.0.0' });
    git(fresh, 'rm', '--quiet', '--cached', 'package-lock.json');
    git(fresh, 'commit', '--quiet', '--message=two');
    const { code, out } = runCli(['diff', fresh]);
    assert.equal(code, 0);
    assert.match(
      out,
      /^package-lock\.json: new since HEAD \([\da-f]{8}\), with 1 package\.\n {2}\+ a 1\.0\.0\n/,
    );
  });

  test('says what could not be compared, and ends with 2', () => {
    const said = (...args: readonly string[]) => {
      const { code, out, error } = runCli(['diff', ...args]);
      assert.equal(code, 2);
      return `${out}${error}`.replaceAll('\n', ' ');
    };
    const bare = makeProject({ 'package.json': {}, 'package-lock.json': lockfileOf({ a: '1.0.0' }) });
    assert.match(said(bare), /not compared, as it is not known in HEAD: it lies in no git repository\./);
    assert.match(
      said(directory, '--base', 'nowhere'),
      /not known in nowhere: the repository has no commit nowhere\./,
    );
    const torn = committed({ a: '1.0.0' });
    writeFileSync(join(torn, 'package-lock.json'), '<<<');
    assert.match(said(torn), /not compared, as it is unreadable: /);
    git(torn, 'add', '--all');
    git(torn, 'commit', '--quiet', '--message=two');
    writeLock(torn, { a: '1.0.0' });
    assert.match(said(torn), /not compared, as it is unreadable in HEAD/);
    assert.match(
      said(directory, '--base', 'no/yarn.lock'),
      /--base no\/yarn\.lock does not exist; give a commit/,
    );
    const many = makeProject({ 'a/yarn.lock': '', 'b/yarn.lock': '' });
    assert.match(
      said(many, '--base', join(bare, 'package-lock.json')),
      /there are 2 lockfiles below .+; give the directory/,
    );
    rmSync(join(torn, 'package-lock.json'));
    assert.match(said(torn), /no lockfile was found in/);
  });
});
