import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
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

/** Creates a project with one commit of a lockfile with these packages. */
function committed(dependencies: Readonly<Record<string, string>>): string {
  const directory = makeProject({ 'package.json': { name: 'shop', dependencies } });
  writeLock(directory, dependencies);
  git(directory, 'init', '--quiet');
  git(directory, 'add', '--all');
  git(directory, 'commit', '--quiet', '--message=one');
  return directory;
}

interface Diffed {
  readonly path: string;
  readonly format: string;
  readonly status: string;
  readonly file?: string;
  readonly replaces?: string;
  readonly base: { readonly status: string; readonly format?: string };
  readonly compared: boolean;
  readonly added?: readonly object[];
  readonly removed?: readonly object[];
}

function diffJson(directory: string): readonly Diffed[] {
  const { out } = runCli(['diff', directory, '--format', 'json']);
  return (JSON.parse(out) as { readonly lockfiles: readonly Diffed[] }).lockfiles;
}

describe('dephygiene diff', () => {
  const directory = committed({ a: '1.0.0', b: '1.0.0', c: '1.0.0' });
  const first = git(directory, 'rev-parse', 'HEAD');

  test('says that nothing differs', () => {
    const { code, out, error } = runCli(['diff', directory]);
    assert.deepEqual([code, error], [0, '']);
    assert.equal(out, `package-lock.json: the same packages as in HEAD (${first.slice(0, 8)}).\n`);
  });

  test('says what to do about a binary lockfile, instead of that it is no text', () => {
    const directory = committed({ a: '1.0.0' });
    mkdirSync(join(directory, 'docs'));
    writeFileSync(join(directory, 'docs/package.json'), '{ "name": "docs" }');
    writeFileSync(join(directory, 'docs/bun.lockb'), '#!/usr/bin/env bun\nbun-lockfile-format-v0\n\0');
    git(directory, 'add', '--all');
    git(directory, 'commit', '--quiet', '--message=two');
    const { code, out, error } = runCli(['diff', directory]);
    assert.equal(code, 2);
    assert.match(
      out.replaceAll('\n', ' '),
      /docs\/bun\.lockb: not compared, as it is unsupported in HEAD: .*run bun install --save-text-lockfile/,
    );
    assert.doesNotMatch(out + error, /no text/);
  });

  test('shows a dependency that moved to production', () => {
    const moved = committed({ a: '1.0.0' });
    const lock = lockfileOf({ a: '1.0.0' }) as { packages: Record<string, object> };
    lock.packages[''] = { name: 'shop', devDependencies: { a: '1.0.0' } };
    writeFileSync(join(moved, 'package-lock.json'), JSON.stringify(lock, undefined, 2));
    const { code, out } = runCli(['diff', moved]);
    assert.equal(code, 0);
    assert.match(out, /^package-lock\.json: 1 moved since HEAD/);
    assert.match(out, /^ {2}~ a moved from dependencies to devDependencies$/m);
  });

  test('shows new workspace members whose dependencies are not locked', () => {
    const workspaces = ['packages/*'];
    const root = { name: 'shop', workspaces };
    const lock = { name: 'shop', lockfileVersion: 3, packages: { '': root } };
    const forgotten = { 'packages/old/package.json': { name: 'old', dependencies: { a: '^1.0.0' } } };
    const directory = makeProject({ 'package.json': root, 'package-lock.json': lock, ...forgotten });
    git(directory, 'init', '--quiet');
    git(directory, 'add', '--all');
    git(directory, 'commit', '--quiet', '--message=one');
    const member = { name: 'new', dependencies: { a: '^1.0.0' }, devDependencies: { b: '^1.0.0' } };
    mkdirSync(join(directory, 'packages/new'));
    writeFileSync(join(directory, 'packages/new/package.json'), JSON.stringify(member));
    const { out, code } = runCli(['diff', directory]);
    assert.equal(code, 0);
    assert.match(out, /^ {2}! packages\/new is a new workspace member, not locked {2}2 dependencies$/m);
    assert.doesNotMatch(out, /packages\/old is/);
    const { lockfiles } = JSON.parse(runCli(['diff', directory, '--format', 'json']).out);
    assert.deepEqual(lockfiles[0].unlockedMembers, [{ path: 'packages/new', name: 'new', dependencies: 2 }]);
  });

  test('says that a lockfile to compare with does not exist', () => {
    const { code, error } = runCli(['diff', directory, '--base', 'bad/nolock.json']);
    assert.equal(code, 2);
    assert.match(error, /^dephygiene: bad\/nolock\.json does not exist and is not a commit;/);
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
    assert.match(out, /^package-lock\.json: 1 new, 1 changed, 1 removed, 1 altered since HEAD/);
    assert.match(out, /^ {2}! a 1\.0\.0 has another hash\n {6}sha512-A+/m);
    assert.match(
      out,
      /^ {2}! d 1\.0\.0 {2}new, has an install script, development\n {2}~ b 1\.0\.0 → 1\.1\.0\n {2}- c 1\.0\.0\n$/m,
    );
    for (const line of out.split('\n')) assert.ok(line.length <= 80, line);
  });

  test('prints the same as JSON, with what it was compared with', () => {
    const { code, out } = runCli(['diff', directory, '--format', 'json']);
    assert.equal(code, 0);
    const { version, lockfiles } = JSON.parse(out);
    const [lockfile] = lockfiles;
    assert.deepEqual([version, lockfiles.length, lockfile.compared], [2, 1, true]);
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
    assert.match(runCli(['diff', directory, '--base', 'HEAD~1']).out, /since HEAD~1\s\([\da-f]{8}\)\./);
    assert.match(
      runCli(['diff', directory, '--base', first.slice(0, 10)]).out,
      new RegExp(`since ${first.slice(0, 10)}\\.`),
    );
    const other = makeProject({ 'yarn.lock': '# yarn lockfile v1\n\n\na@1.0.0:\n  version "1.0.0"\n' });
    const { code, out } = runCli(['diff', directory, '--base', join(other, 'yarn.lock')]);
    assert.equal(code, 0);
    assert.match(out, /: 2 new since/);
  });

  test('recognizes a lockfile under any name by its content', () => {
    const npm = makeProject({ 'before.json': lockfileOf({ a: '1.0.0' }) });
    const other = makeProject({
      'yarn.lock.orig': '# yarn lockfile v1\n\n\na@1.0.0:\n  version "1.0.0"\n',
      'pnpm.old': "---\nlockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n",
      bun: '{\n  "lockfileVersion": 1,\n  "workspaces": { "": { "name": "shop" } },\n  "packages": {}\n}\n',
      notes: 'packages: none\n',
    });
    for (const base of [
      join(npm, 'before.json'),
      ...['yarn.lock.orig', 'pnpm.old', 'bun'].map((name) => join(other, name)),
    ]) {
      const { code, out, error } = runCli(['diff', directory, '--base', base]);
      assert.equal(code, 0, error);
      assert.match(out, / since/);
    }
    const { code, error } = runCli(['diff', directory, '--base', join(other, 'notes')]);
    assert.equal(code, 2);
    assert.match(
      error,
      /an existing commit or a lockfile \(package-lock\.json, npm-shrinkwrap\.json, yarn\.lock, /,
    );
  });

  test('a lockfile that HEAD has not is new', () => {
    const fresh = committed({ a: '1.0.0' });
    git(fresh, 'rm', '--quiet', '--cached', 'package-lock.json');
    git(fresh, 'commit', '--quiet', '--message=two');
    const { code, out } = runCli(['diff', fresh]);
    assert.equal(code, 0);
    assert.match(
      out,
      /^package-lock\.json: new since HEAD \([\da-f]{8}\), with 1 package \(most from\nhttps:\/\/registry\.example\.test\/\)\.\n {2}\+ a 1\.0\.0\n$/,
    );
    const [lockfile] = diffJson(fresh);
    assert.deepEqual(
      [lockfile?.file, lockfile?.status, lockfile?.base.status, lockfile?.compared, lockfile?.added?.length],
      ['new', 'checked', 'absent', true, 1],
    );
  });

  test('of many packages of a new lockfile those are shown that need a look', () => {
    const fresh = committed({ a: '1.0.0' });
    git(fresh, 'rm', '--quiet', '--cached', 'package-lock.json');
    git(fresh, 'commit', '--quiet', '--message=two');
    const names = Array.from({ length: 30 }, (_, at) => `p${at}`);
    const lock = lockfileOf(Object.fromEntries(names.map((name) => [name, '1.0.0']))) as {
      packages: Record<string, object>;
    };
    Object.assign(lock.packages['node_modules/p7']!, { hasInstallScript: true });
    Object.assign(lock.packages['node_modules/p9']!, {
      resolved: `git+https://git.example.test/a.git#${'a'.repeat(40)}`,
      integrity: undefined,
    });
    writeFileSync(join(fresh, 'package-lock.json'), JSON.stringify(lock));
    assert.match(
      runCli(['diff', fresh]).out,
      /with 30 packages \(most from\nhttps:\/\/registry\.example\.test\/\)\.\n {2}! p7 1\.0\.0 {2}new, has an install script\n {2}! p9 1\.0\.0 {2}new, from https:\/\/git\.example\.test\/a\.git\n {4}28 packages not shown here; --format json has them all\n$/,
    );
    assert.equal(diffJson(fresh)[0]?.added?.length, 30);
  });

  test('shows known malware among what is new or changed, before anything else', () => {
    const shop = committed({ a: '1.0.0', lodahs: '0.0.1' });
    writeLock(shop, { a: '1.1.0', lodahs: '4.17.21' });
    const { code, out } = runCli(['diff', shop]);
    assert.equal(code, 0);
    assert.match(out, /^ {2}! lodahs 0\.0\.1 → 4\.17\.21 {2}is malware \(.*\)\n {2}~ a 1\.0\.0 → 1\.1\.0$/m);
    const { lockfiles } = JSON.parse(runCli(['diff', shop, '--json']).out);
    assert.equal(lockfiles[0].advisories, 'checked');
    const [a, lodahs] = lockfiles[0].changed;
    assert.deepEqual([a.after[0].findings, lodahs.before[0].findings], [undefined, undefined]);
    const [{ rule, severity, text }] = lodahs.after[0].findings;
    assert.deepEqual([rule, severity], ['malicious-version', 'error']);
    assert.match(text, /^is malware/);
  });

  test('a lockfile that only the commit has is gone, be it with its folder', () => {
    const shop = makeProject({
      'package.json': { name: 'shop', dependencies: { a: '1.0.0' } },
      'package-lock.json': lockfileOf({ a: '1.0.0' }),
      'old/package.json': { name: 'old', dependencies: { b: '1.0.0' } },
      'old/package-lock.json': lockfileOf({ b: '1.0.0', c: '2.0.0' }),
      'old/node_modules/x/yarn.lock': '# yarn lockfile v1\n',
      'excluded/yarn.lock': '# yarn lockfile v1\n',
      'dependency-hygiene.json': { exclude: ['excluded/**'] },
    });
    git(shop, 'init', '--quiet');
    git(shop, 'add', '--all', '--force');
    git(shop, 'commit', '--quiet', '--message=one');
    rmSync(join(shop, 'old'), { recursive: true });
    rmSync(join(shop, 'excluded'), { recursive: true });
    const { code, out, error } = runCli(['diff', shop]);
    assert.deepEqual([code, error], [0, '']);
    assert.match(
      out,
      /^old\/package-lock\.json: gone since HEAD \([\da-f]{8}\), where it has 2 packages\.\n {2}- b 1\.0\.0\n {2}- c 2\.0\.0\n\npackage-lock\.json: the same packages as in HEAD/,
    );
    const [gone, kept] = diffJson(shop);
    assert.deepEqual([gone?.path, gone?.file, gone?.status], ['old/package-lock.json', 'gone', 'absent']);
    assert.deepEqual(
      [gone?.base.status, gone?.format, gone?.compared, gone?.removed?.length, gone?.added?.length],
      ['checked', 'package-lock', true, 2, 0],
    );
    assert.equal(kept?.file, 'kept');

    rmSync(join(shop, 'package-lock.json'));
    const all = runCli(['diff', shop]);
    assert.equal(all.code, 0);
    assert.match(
      all.out,
      /\n\npackage-lock\.json: gone since HEAD \([\da-f]{8}\), where it has 1 package\.\n/,
    );
    assert.equal(runCli(['diff', join(shop, 'excluded/..'), '--base', 'nowhere']).code, 2);
  });

  test('a lockfile in the place of another is compared with it', () => {
    const shop = committed({ a: '1.0.0', b: '1.0.0' });
    rmSync(join(shop, 'package-lock.json'));
    const lock = (version: string) =>
      `# yarn lockfile v1\n\n\na@1.0.0:\n  version "1.0.0"\n\nb@1.0.0:\n  version "${version}"\n`;
    writeFileSync(join(shop, 'yarn.lock'), lock('1.0.1'));
    const { code, out } = runCli(['diff', shop]);
    assert.equal(code, 0);
    assert.match(
      out,
      /^yarn\.lock: new in place of package-lock\.json; 1 changed since HEAD \([\da-f]{8}\)\.\n/,
    );
    assert.match(out, /~ b 1\.0\.0 → 1\.0\.1/);
    const [replaced, ...others] = diffJson(shop);
    assert.deepEqual(
      [others.length, replaced?.file, replaced?.replaces, replaced?.base.format, replaced?.format],
      [0, 'replaced', 'package-lock.json', 'package-lock', 'yarn'],
    );
  });

  test('what a lockfile had that is gone and cannot be read is not known', () => {
    const torn = makeProject({ 'package.json': {}, 'package-lock.json': '<<<' });
    git(torn, 'init', '--quiet');
    git(torn, 'add', '--all');
    git(torn, 'commit', '--quiet', '--message=one');
    rmSync(join(torn, 'package-lock.json'));
    const { code, out, error } = runCli(['diff', torn]);
    assert.equal(code, 2);
    assert.match(
      out.replace('\n', ' '),
      /^package-lock\.json: gone since HEAD \([\da-f]{8}\); its contents cannot be read: /,
    );
    assert.match(error, /^dephygiene: package-lock\.json: it is unreadable in HEAD/);
  });

  test('says what could not be compared, and ends with 2', () => {
    const said = (...args: readonly string[]) => {
      const { code, out, error } = runCli(['diff', ...args]);
      assert.equal(code, 2);
      return `${out}${error}`.replaceAll('\n', ' ');
    };
    const bare = makeProject({ 'package.json': {}, 'package-lock.json': lockfileOf({ a: '1.0.0' }) });
    assert.match(said(bare), /cannot compare with HEAD, as it lies in no git repository; give --base/);
    assert.match(
      said(directory, '--base', 'nowhere'),
      /^dephygiene: cannot compare with nowhere, as the repository has no commit nowhere; give [^;]+\. $/,
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
    rmSync(join(bare, 'package-lock.json'));
    assert.match(said(bare), /no lockfile was found in/);
  });
});
