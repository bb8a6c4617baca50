import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { lockfileOf, makeProject, runCli } from '../run-cli.ts';

type Files = Readonly<Record<string, string | object>>;

function gitIn(directory: string): (...args: readonly string[]) => string {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.test'];
  return (...args) =>
    execFileSync('git', [...identity, ...args], { cwd: directory, encoding: 'utf8', stdio: 'pipe' }).trim();
}

function write(directory: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

const BASE = {
  'package.json': { name: 'shop', private: true, dependencies: { a: '1.0.0' } },
  'package-lock.json': lockfileOf({ a: '1.0.0' }),
};
const CHANGE = {
  'package.json': { name: 'shop', private: true, dependencies: { a: '2.0.0' } },
  'package-lock.json': lockfileOf({ a: '2.0.0' }),
};

/** Creates a repository whose branch `origin/main` is the first commit, and whose second one has these files. */
function pullRequest(change: Files, prepare: (directory: string) => void = () => {}) {
  const directory = makeProject(BASE);
  const git = gitIn(directory);
  prepare(directory);
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message=base');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  write(directory, change);
  git('add', '--all', '--force');
  git('commit', '--quiet', '--allow-empty', '--message=change');
  return { directory, git };
}

describe('a name that git and the change both know', () => {
  test('is the commit, whatever file the change planted', () => {
    const { directory } = pullRequest({ ...CHANGE, 'origin/main': CHANGE['package-lock.json'] });
    const { code, out } = runCli(['diff', '--base', 'origin/main'], { cwd: directory });
    assert.equal(code, 0);
    assert.match(out, /~ a 1\.0\.0 → 2\.0\.0|a.*1\.0\.0.*2\.0\.0/);
  });

  test('is the file where it is written as a path, or git does not know it', () => {
    const { directory } = pullRequest({
      ...CHANGE,
      'origin/main': CHANGE['package-lock.json'],
      'old/lock': BASE['package-lock.json'],
    });
    for (const [base, isSame] of [
      ['./origin/main', true],
      [join(directory, 'origin/main'), true],
      ['old/lock', false],
    ] as const) {
      const { code, out } = runCli(['diff', '--base', base], { cwd: directory });
      assert.equal(code, 0);
      assert.equal(/2\.0\.0/.test(out), !isSame, `${base}: ${out}`);
    }
  });

  test('is refused where a tag and a branch differ, with the full name of the branch', () => {
    const { directory, git } = pullRequest(CHANGE);
    git('tag', 'origin/main', 'HEAD');
    for (const args of [
      ['diff', '--base', 'origin/main'],
      ['diff', '--base', 'origin/main~0'],
      ['check', '--base', 'origin/main'],
    ]) {
      const { code, error } = runCli(args, { cwd: directory });
      assert.equal(code, 2);
      assert.match(
        error,
        /ambiguous.*refs\/remotes\/origin\/main and refs\/tags\/origin\/main.*such as refs\/remotes\/origin\/main/,
      );
    }
    assert.equal(runCli(['diff', '--base', 'refs/remotes/origin/main'], { cwd: directory }).code, 0);
    git('tag', '--force', 'origin/main', 'refs/remotes/origin/main');
    assert.equal(
      runCli(['diff', '--base', 'origin/main'], { cwd: directory }).code,
      0,
      'both are one commit',
    );
  });

  test('is refused where a tag is called like the beginning of a commit', () => {
    const { directory, git } = pullRequest(CHANGE);
    const short = git('rev-parse', 'HEAD~1').slice(0, 10);
    assert.equal(runCli(['diff', '--base', short], { cwd: directory }).code, 0);
    git('tag', short, 'HEAD');
    const { code, error } = runCli(['check', '--base', short], { cwd: directory });
    assert.equal(code, 2);
    assert.match(error, /ambiguous/);
  });
});

describe('a symbolic link in both commits', { skip: process.platform === 'win32' }, () => {
  const check = (directory: string) =>
    JSON.parse(runCli(['check', directory, '--base', 'origin/main', '--format', 'json']).out) as {
      findings: readonly { rule: string; path: string }[];
      coverage: { gaps: readonly { path?: string; detail: string }[] };
    };

  test('is compared by what it leads to: .npmrc', () => {
    const { directory } = pullRequest({ 'cfg/npmrc': 'fund=false\nscript-shell=./evil.sh\n' }, (at) => {
      write(at, { 'cfg/npmrc': 'fund=false\n' });
      symlinkSync('cfg/npmrc', join(at, '.npmrc'));
    });
    const { findings, coverage } = check(directory);
    assert.ok(findings.some(({ rule }) => rule === 'install-source-changed'));
    assert.ok(!coverage.gaps.some(({ path }) => path === '.npmrc'));
    const diff = runCli(['diff', directory, '--base', 'origin/main']);
    assert.equal(diff.code, 0);
    assert.match(diff.out, /script-shell \.\/evil\.sh/);
  });

  test('is compared by what it leads to: the lockfile', () => {
    const prepare = (at: string) => {
      rmSync(join(at, 'package-lock.json'));
      write(at, { 'cfg/l.json': BASE['package-lock.json'] });
      symlinkSync('cfg/l.json', join(at, 'package-lock.json'));
    };
    const text = JSON.stringify(BASE['package-lock.json']).replaceAll('A'.repeat(86), 'B'.repeat(86));
    const { directory } = pullRequest({ 'cfg/l.json': text }, prepare);
    assert.ok(check(directory).findings.some(({ rule }) => rule === 'lockfile-integrity-mismatch'));
    assert.match(runCli(['diff', directory, '--base', 'origin/main']).out, /! a 1\.0\.0/);
  });

  test('is a gap where the base has it lead nowhere', () => {
    const { directory } = pullRequest({}, (at) => {
      symlinkSync('cfg/npmrc', join(at, '.npmrc'));
    });
    write(directory, { 'cfg/npmrc': 'script-shell=./evil.sh\n' });
    const gap = check(directory).coverage.gaps.find(({ path }) => path === '.npmrc');
    assert.match(gap?.detail ?? '', /symbolic link/);
    const args = ['check', directory, '--base', 'origin/main', '--fail-on-unchecked'];
    assert.equal(runCli(args).code, 2);
  });
});
