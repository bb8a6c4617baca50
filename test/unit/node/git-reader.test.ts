import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { relativeUri } from '../../../server/src/core/read/text/paths/uri.ts';
import type { GitText } from '../../../server/src/engine/ports.ts';
import { uriOfPath } from '../../../server/src/node/disk-files.ts';
import { findGit } from '../../../server/src/node/git/git-program.ts';
import { createGit } from '../../../server/src/node/git/git-reader.ts';

const base = realpathSync(mkdtempSync(join(tmpdir(), 'dephygiene-git-')));
after(() => rmSync(base, { recursive: true, force: true }));

const environment = {
  PATH: process.env.PATH,
  HOME: join(base, 'home'),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.test',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.test',
};

function git(directory: string, ...args: readonly string[]): string {
  return execFileSync('git', args, {
    cwd: directory,
    env: environment,
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();
}

function write(directory: string, path: string, text: string): void {
  mkdirSync(join(directory, path, '..'), { recursive: true });
  writeFileSync(join(directory, path), text);
}

/** Creates a repository with one commit of these files. */
function repository(name: string, files: Readonly<Record<string, string>>): string {
  const directory = join(base, name);
  mkdirSync(directory);
  git(directory, 'init', '--quiet', '--initial-branch=main');
  for (const [path, text] of Object.entries(files)) write(directory, path, text);
  git(directory, 'add', '--all');
  git(directory, 'commit', '--quiet', '--message=one');
  return directory;
}

function textAt(path: string, revision = 'HEAD', PATH = environment.PATH): Promise<GitText> {
  const port = createGit({
    environment: { ...environment, PATH },
    platform: process.platform,
    untrusted: () => [uriOfPath(join(base, 'workspace'))],
  });
  return port.textAt(uriOfPath(path), revision);
}

/** Returns the paths of the lockfiles that a commit has below a folder, or why they are unknown. */
async function lockfilesAt(directory: string, revision = 'HEAD'): Promise<readonly string[] | string> {
  const port = createGit({ environment, platform: process.platform, untrusted: () => [] });
  const root = uriOfPath(directory);
  const read = await port.filesAt(root, revision, (name) => name.endsWith('.lock'));
  return read.type === 'files' ? read.uris.map((uri) => relativeUri(root, uri)) : read.reason;
}

function assertText(read: GitText, text: string): void {
  assert.deepEqual(read.type === 'text' ? read.text : read, text);
}

function assertUnknown(read: GitText, reason: RegExp): void {
  assert.match(read.type === 'unknown' ? read.reason : read.type, reason);
}

describe('the text of a file in a commit', () => {
  const directory = repository('plain', { 'yarn.lock': 'one\n', 'packages/a/yarn.lock': 'of a\n' });
  const first = git(directory, 'rev-parse', 'HEAD');

  test('is that of the commit, not that of the disk or of the index', async () => {
    write(directory, 'yarn.lock', 'edited\n');
    git(directory, 'add', '--all');
    const read = await textAt(join(directory, 'yarn.lock'));
    assert.deepEqual(read, { type: 'text', commit: first, text: 'one\n' });
    assertText(await textAt(join(directory, 'packages/a/yarn.lock')), 'of a\n');
    git(directory, 'commit', '--quiet', '--message=two');
    assertText(await textAt(join(directory, 'yarn.lock')), 'edited\n');
    for (const revision of [first, first.slice(0, 8), 'HEAD~1', 'main~1']) {
      assertText(await textAt(join(directory, 'yarn.lock'), revision), 'one\n');
    }
  });

  test('is that of a commit made a moment ago, once that is said', async () => {
    const port = createGit({ environment, platform: process.platform, untrusted: () => [] });
    const own = repository('moment', { 'yarn.lock': 'one\n' });
    const uri = uriOfPath(join(own, 'yarn.lock'));
    assertText(await port.textAt(uri, 'HEAD'), 'one\n');
    write(own, 'yarn.lock', 'two\n');
    git(own, 'commit', '--all', '--quiet', '--message=two');
    port.forgetCommits();
    assertText(await port.textAt(uri, 'HEAD'), 'two\n');
  });

  test('is read in a worktree, and where the file is gone from the disk', async () => {
    const worktree = join(base, 'worktree');
    git(directory, 'worktree', 'add', '--quiet', '--detach', worktree, first);
    assertText(await textAt(join(worktree, 'yarn.lock')), 'one\n');
    rmSync(join(worktree, 'yarn.lock'));
    assertText(await textAt(join(worktree, 'yarn.lock')), 'one\n');
  });

  test('is absent where the commit has no such file', async () => {
    const read = await textAt(join(directory, 'bun.lock'));
    assert.equal(read.type, 'absent');
    mkdirSync(join(directory, 'new'), { recursive: true });
    assert.equal((await textAt(join(directory, 'new/yarn.lock'))).type, 'absent');
    assert.equal((await textAt(join(directory, '*.lock'))).type, 'absent');
  });

  test('is said to be unknown, and why', async () => {
    assertUnknown(
      await textAt(join(directory, 'yarn.lock'), 'nowhere'),
      /^the repository has no commit nowhere$/,
    );
    assertUnknown(await textAt(join(directory, 'yarn.lock'), '--all'), /names no commit/);
    const outside = join(base, 'outside');
    mkdirSync(outside);
    assertUnknown(await textAt(join(outside, 'yarn.lock')), /^it lies in no git repository$/);
    const empty = join(base, 'empty');
    mkdirSync(empty);
    git(empty, 'init', '--quiet');
    assertUnknown(await textAt(join(empty, 'yarn.lock')), /^the repository has no commit yet$/);
    assertUnknown(await textAt(join(directory, 'yarn.lock'), 'HEAD', ''), /^git was not found on the PATH$/);
  });

  test('is what a link inside the repository leads to, and none for others and folders', async () => {
    const links = repository('links', { 'folder.lock/file': 'x' });
    symlinkSync('folder.lock/file', join(links, 'yarn.lock'));
    symlinkSync('../yarn.lock', join(links, 'folder.lock/again'));
    symlinkSync('../outside', join(links, 'out'));
    symlinkSync('/etc/hostname', join(links, 'absolute'));
    symlinkSync('round', join(links, 'round'));
    symlinkSync('folder.lock', join(links, 'folder'));
    git(links, 'add', '--all');
    git(links, 'commit', '--quiet', '--message=two');
    for (const path of ['yarn.lock', 'folder.lock/again'])
      assert.equal(((await textAt(join(links, path))) as { text: string }).text, 'x');
    for (const path of ['out', 'absolute'])
      assertUnknown(
        await textAt(join(links, path)),
        /^it is a symbolic link that leads out of the repository/,
      );
    for (const path of ['round', 'folder'])
      assertUnknown(await textAt(join(links, path)), /^it is a symbolic link that leads to no file/);
    assertUnknown(await textAt(join(links, 'folder.lock')), /^it is no file in that commit$/);
  });
});

describe('the files below a folder in a commit', () => {
  const directory = repository('many', {
    'yarn.lock': 'one\n',
    'package.json': '{}',
    'packages/a/yarn.lock': 'of a\n',
    'packages/b é/bun.lock': 'of b\n',
  });
  symlinkSync('yarn.lock', join(directory, 'link.lock'));
  git(directory, 'add', '--all');
  git(directory, 'commit', '--quiet', '--message=two');

  test('are those of the commit with such names, links left out', async () => {
    write(directory, 'new.lock', 'x');
    assert.deepEqual(await lockfilesAt(directory), [
      'packages/a/yarn.lock',
      'packages/b é/bun.lock',
      'yarn.lock',
    ]);
    assert.deepEqual(await lockfilesAt(join(directory, 'packages')), ['a/yarn.lock', 'b é/bun.lock']);
    mkdirSync(join(directory, 'later'));
    assert.deepEqual(await lockfilesAt(join(directory, 'later')), []);
  });

  test('have texts where their folders are gone from the disk', async () => {
    rmSync(join(directory, 'packages'), { recursive: true });
    assertText(await textAt(join(directory, 'packages/a/yarn.lock')), 'of a\n');
    assertText(await textAt(join(directory, 'packages/b é/bun.lock')), 'of b\n');
    assert.equal((await textAt(join(directory, 'packages/c/yarn.lock'))).type, 'absent');
  });

  test('are said to be unknown, and why', async () => {
    assert.equal(await lockfilesAt(directory, 'nowhere'), 'the repository has no commit nowhere');
    assert.equal(await lockfilesAt(base), 'it lies in no git repository');
  });
});

describe('git', () => {
  test('is never one of the checked folders, nor of a relative one', async () => {
    const workspace = join(base, 'workspace/bin');
    mkdirSync(workspace, { recursive: true });
    const fake = join(workspace, 'git');
    writeFileSync(fake, `#!/bin/sh\ntouch "${join(base, 'fake-ran')}"\n`);
    chmodSync(fake, 0o755);
    const linked = join(base, 'linked');
    mkdirSync(linked);
    symlinkSync(fake, join(linked, 'git'));
    const untrusted = [join(base, 'workspace')];
    const search = (PATH: string) =>
      findGit({ environment: { PATH }, platform: process.platform, untrusted });
    assert.equal(await search([workspace, linked, '', '.', 'bin'].join(delimiter)), undefined);
    const found = await search([workspace, linked, environment.PATH].join(delimiter));
    assert.ok(found !== undefined && !found.startsWith(base), found);
    const directory = repository('with-fake', { 'yarn.lock': 'one\n' });
    assertText(
      await textAt(join(directory, 'yarn.lock'), 'HEAD', [workspace, environment.PATH].join(delimiter)),
      'one\n',
    );
    assert.equal(existsSync(join(base, 'fake-ran')), false);
  });
});

describe('a hostile repository', () => {
  const marker = join(base, 'marker');
  const trap = join(base, 'trap.sh');
  writeFileSync(trap, `#!/bin/sh\ntouch "${marker}"\nexit 1\n`);
  chmodSync(trap, 0o755);

  test('runs nothing: hooks, monitors, filters, textconv, pagers, aliases, replaced objects', async () => {
    const directory = repository('hostile', { 'yarn.lock': 'one\n' });
    for (const hook of [
      'post-checkout',
      'post-index-change',
      'reference-transaction',
      'pre-auto-gc',
      'fsmonitor-watchman',
    ]) {
      symlinkSync(trap, join(directory, '.git/hooks', hook));
    }
    write(directory, '.gitattributes', '* filter=trap diff=trap\n');
    const settings: readonly (readonly [string, string])[] = [
      ['core.fsmonitor', trap],
      ['core.pager', trap],
      ['pager.cat-file', trap],
      ['core.sshCommand', trap],
      ['core.askPass', trap],
      ['core.editor', trap],
      ['core.alternateRefsCommand', trap],
      ['filter.trap.smudge', trap],
      ['filter.trap.clean', trap],
      ['diff.trap.textconv', trap],
      ['diff.external', trap],
      ['alias.cat-file', `!${trap}`],
      ['alias.rev-parse', `!${trap}`],
      ['credential.helper', `!${trap}`],
    ];
    for (const [key, value] of settings) git(directory, 'config', key, value);
    assertText(await textAt(join(directory, 'yarn.lock')), 'one\n');
    assert.equal(existsSync(marker), false);
    // The trap works: git without our settings falls into it.
    git(directory, 'status', '--short');
    assert.equal(existsSync(marker), true);
    rmSync(marker);
  });

  test('fetches nothing that a partial copy lacks', async () => {
    const directory = repository('partial', { 'yarn.lock': 'one\n' });
    const object = git(directory, 'rev-parse', 'HEAD:yarn.lock');
    rmSync(join(directory, '.git/objects', object.slice(0, 2), object.slice(2)), { force: true });
    const settings: readonly (readonly [string, string])[] = [
      ['core.repositoryFormatVersion', '1'],
      ['extensions.partialClone', 'origin'],
      ['remote.origin.promisor', 'true'],
      ['remote.origin.url', `ext::${trap}`],
      ['remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*'],
      ['protocol.ext.allow', 'always'],
      ['remote.origin.uploadpack', trap],
    ];
    for (const [key, value] of settings) git(directory, 'config', key, value);
    assertUnknown(
      await textAt(join(directory, 'yarn.lock')),
      /lacks that version of it, and nothing is fetched/,
    );
    assert.equal(existsSync(marker), false);
    // The trap works: git without our settings falls into it.
    assert.throws(() => git(directory, 'cat-file', 'blob', object));
    assert.equal(existsSync(marker), true);
    rmSync(marker);
  });

  test('is not found where it only looks like one, inside of another', async () => {
    const directory = repository('outer', { 'yarn.lock': 'one\n' });
    const bare = join(directory, 'bare');
    git(directory, 'clone', '--quiet', '--bare', directory, bare);
    git(bare, 'config', 'core.fsmonitor', trap);
    assertUnknown(await textAt(join(bare, 'yarn.lock')), /bare/);
    assert.equal(existsSync(marker), false);
  });
});

test('a file of a submodule is read at the commit that the repository around it has there', async () => {
  const directory = repository('around', { 'a.txt': 'a' });
  const inner = repository('around/inner', { 'package-lock.json': 'honest' });
  const commitAll = (folder: string) => {
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', '--message=more');
  };
  commitAll(directory);
  write(inner, 'package-lock.json', 'evil');
  commitAll(inner);
  write(inner, 'README', 'harmless');
  commitAll(inner);
  commitAll(directory);
  const uri = uriOfPath(join(inner, 'package-lock.json'));
  const readIn = (root: string) =>
    createGit({ environment, platform: process.platform, untrusted: () => [uriOfPath(root)] });
  const text = async (root: string, revision: string) => {
    const read = await readIn(root).textAt(uri, revision);
    return read.type === 'text' ? read.text : read.type;
  };
  assert.equal(await text(directory, 'HEAD'), 'evil');
  assert.equal(await text(directory, 'HEAD~1'), 'honest');
  // Before the submodule existed.
  assert.equal(await text(directory, 'HEAD~2'), 'absent');
  // Checking the submodule by itself uses its own commits.
  assert.equal(await text(inner, 'HEAD~1'), 'evil');
});
