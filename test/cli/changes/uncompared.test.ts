import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chownSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { checkJson, makeProject, runCli } from '../run-cli.ts';
import { NPM, repository, SHOP } from './changed-code.ts';

const FILES = { ...NPM, 'package.json': SHOP };

/** Returns what was not compared, as `subject: detail; advice`. */
function gapsOf(directory: string, ...args: readonly string[]): readonly string[] {
  const { coverage, code } = checkJson(directory, ...args);
  assert.notEqual(code, 2);
  return coverage.gaps
    .filter(({ subject }) => subject.startsWith('changes since'))
    .map(({ subject, detail, advice }) => `${subject}: ${detail}; ${advice}`);
}

function assertFails(directory: string, expected: RegExp): void {
  const { code, out, error } = runCli(['check', directory, '--fail-on-unchecked']);
  assert.equal(code, 2);
  assert.match(out.replaceAll(/\s+/g, ' '), expected);
  assert.match(error, /not everything was checked/);
}

const BROKEN =
  'changes since the last commit: git does not accept its .git as a repository; repair .git, or clone the repository again';

describe('check says that nothing was compared with HEAD', () => {
  test('where .git is damaged', () => {
    for (const damage of [
      (git: string) => rmSync(join(git, 'HEAD')),
      (git: string) => writeFileSync(join(git, 'HEAD'), 'garbage\n'),
      (git: string) => rmSync(join(git, 'objects'), { recursive: true }),
    ]) {
      const folder = repository(FILES);
      damage(join(folder, '.git'));
      assert.deepEqual(gapsOf(folder), [BROKEN]);
      assertFails(folder, /Not checked: changes since the last commit \(git does not accept/);
    }
  });

  test('where all objects are lost', () => {
    const folder = repository(FILES);
    const objects = join(folder, '.git/objects');
    for (const name of readdirSync(objects)) rmSync(join(objects, name), { recursive: true });
    mkdirSync(join(objects, 'pack'));
    assert.match(
      gapsOf(folder).join('\n'),
      /^changes since the last commit: the repository lacks the objects/,
    );
  });

  test('where the branch is damaged', () => {
    for (const damaged of ['garbage\n', '']) {
      const folder = repository(FILES);
      writeFileSync(join(folder, '.git/refs/heads/main'), damaged);
      assert.deepEqual(gapsOf(folder), [
        'changes since the last commit: the branch that HEAD names is damaged; restore it with "git update-ref", or clone the repository again',
      ]);
    }
  });

  test('where there is no git', () => {
    const { code, out } = runCli(['check', repository(FILES), '--fail-on-unchecked'], {
      env: { PATH: dirname(process.execPath) },
    });
    assert.equal(code, 2);
    assert.match(out.replaceAll(/\s+/g, ' '), /git was not found on the PATH\)\. Add a git outside/);
  });

  const isRoot = process.getuid?.() === 0;
  test('where another user owns the repository', { skip: !isRoot && 'needs root to change owners' }, () => {
    const folder = repository(FILES);
    for (const path of [folder, join(folder, '.git')]) chownSync(path, 65534, 65534);
    assert.deepEqual(gapsOf(folder), [
      `changes since the last commit: another user owns the repository, and git's safe.directory does not list it; run "git config --global --add safe.directory ${folder}"`,
    ]);
  });

  test('of one repository among several once, with its folder', () => {
    const folder = makeProject({ 'package.json': SHOP });
    cpSync(repository(FILES), join(folder, 'api'), { recursive: true });
    rmSync(join(folder, 'api/.git/HEAD'));
    assert.deepEqual(gapsOf(folder), [BROKEN.replace('commit:', 'commit in api:')]);
  });
});

test('check says nothing of it without a repository, without a commit, and in a shallow clone', () => {
  const plain = makeProject({ 'package.json': SHOP });
  assert.deepEqual(gapsOf(plain), []);
  execFileSync('git', ['init', '--quiet'], { cwd: plain });
  assert.deepEqual(gapsOf(plain), []);
  const shallow = join(makeProject({}), 'clone');
  execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${repository(FILES)}`, shallow]);
  assert.deepEqual(gapsOf(shallow), []);
  assert.doesNotMatch(runCli(['check', shallow]).out, /not compared|since the last commit/);
});
