import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkJson, makeProject, runCli } from './run-cli.ts';

const isWindows = process.platform === 'win32' && 'needs pipes and links';
const ROOT = { name: 'shop', version: '1.0.0', private: true, workspaces: ['packages/*'] };
const MEMBER = { name: 'a', version: '1.0.0', private: true };
const OUTSIDE = () => makeProject({ 'package.json': { ...MEMBER, name: 'outside' } });

/** Returns the paths and reasons of what was not read. */
function unreadOf(directory: string): { readonly code: number | null; readonly unread: readonly string[] } {
  const { code, files } = checkJson(directory);
  return {
    code,
    unread: files.flatMap(({ path, status, reason }) => (status === 'checked' ? [] : [`${path}: ${reason}`])),
  };
}

describe('a workspace member', { skip: isWindows }, () => {
  const withMember = () => makeProject({ 'package.json': ROOT, 'packages/a/package.json': MEMBER });

  test('whose manifest is a link out of the folder is not checked', () => {
    const folder = withMember();
    mkdirSync(join(folder, 'packages/d'));
    symlinkSync(join(OUTSIDE(), 'package.json'), join(folder, 'packages/d/package.json'));
    assert.deepEqual(unreadOf(folder), {
      code: 2,
      unread: ['packages/d/package.json: It leads out of the folder that is checked.'],
    });
  });

  test('whose manifest is a pipe is not checked', () => {
    const folder = withMember();
    mkdirSync(join(folder, 'packages/d'));
    execFileSync('mkfifo', [join(folder, 'packages/d/package.json')]);
    assert.deepEqual(unreadOf(folder), {
      code: 2,
      unread: ['packages/d/package.json: It is not a regular file.'],
    });
  });

  test('whose folder is a link out of the folder is not checked', () => {
    const folder = withMember();
    symlinkSync(OUTSIDE(), join(folder, 'packages/d'));
    assert.deepEqual(unreadOf(folder), {
      code: 2,
      unread: ['packages/d/package.json: It leads out of the folder that is checked.'],
    });
  });

  test('in a folder that is a link out of the folder is not checked', () => {
    for (const [workspaces, files] of [
      [{ workspaces: ['packages/*'] }, {}],
      [{}, { 'pnpm-workspace.yaml': 'packages: ["**"]\n', 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" }],
    ] as const) {
      const folder = makeProject({
        'package.json': { name: 'shop', private: true, ...workspaces },
        ...files,
      });
      symlinkSync(makeProject({ 'a/package.json': MEMBER }), join(folder, 'packages'));
      assert.deepEqual(unreadOf(folder), {
        code: 2,
        unread: [
          'packages: It is a link that leads out of the folder that is checked, and has workspace members.',
        ],
      });
    }
  });

  test('is checked behind a link inside the folder, and what no workspace claims is nobody’s', () => {
    const folder = withMember();
    symlinkSync('a', join(folder, 'packages/b'));
    symlinkSync(OUTSIDE(), join(folder, 'elsewhere'));
    symlinkSync(makeProject({ 'README.md': '' }), join(folder, 'packages/docs'));
    symlinkSync(makeProject({ 'a/package.json': MEMBER }), join(folder, 'vendor'));
    mkdirSync(join(folder, 'fixtures/pipe'), { recursive: true });
    execFileSync('mkfifo', [join(folder, 'fixtures/pipe/package.json')]);
    mkdirSync(join(folder, 'fixtures/folder/package.json'), { recursive: true });
    const { code, unread } = unreadOf(folder);
    assert.deepEqual(unread, []);
    assert.notEqual(code, 2);
  });
});

test('members of patterns that are not understood are not checked', () => {
  const outside = makeProject({
    'app/package.json': { name: 'shop', private: true },
    'app/pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
    'app/pnpm-workspace.yaml': 'packages:\n  - ../evil\n',
    'evil/package.json': MEMBER,
  });
  assert.deepEqual(unreadOf(join(outside, 'app')).unread, [
    'pnpm-workspace.yaml: Line 2: the members of "../evil" are not looked for, as it leads out of its folder.',
  ]);
  const range = makeProject({ 'package.json': { ...ROOT, workspaces: ['packages/{a..c}'] } });
  assert.equal(unreadOf(range).code, 2);
  assert.match(unreadOf(range).unread[0]!, /^package\.json: Line \d+: the members of "packages\/\{a\.\.c\}"/);
});

describe('in a root', { skip: isWindows }, () => {
  test('a package.json that is no file is said to be none', () => {
    for (const [make, reason] of [
      [
        (path: string) => execFileSync('mkfifo', [path]),
        /could not read package\.json \(it is not a regular file\)/,
      ],
      [(path: string) => mkdirSync(path), /could not read package\.json \(it is a folder\)/],
      [
        (path: string) => symlinkSync('nowhere', path),
        /package\.json \(it is a symbolic link that leads to no file\)/,
      ],
    ] as const) {
      const folder = makeProject({ 'README.md': '' });
      make(join(folder, 'package.json'));
      const { code, error } = runCli(['check', folder]);
      assert.equal(code, 2);
      assert.match(error, reason);
    }
  });

  test('a dangling link is no missing lockfile', () => {
    const folder = makeProject({ 'package.json': { ...MEMBER, dependencies: { minimist: '^1.2.8' } } });
    rmSync(join(folder, 'package-lock.json'), { force: true });
    symlinkSync('nowhere.json', join(folder, 'package-lock.json'));
    const { code, findings } = checkJson(folder);
    assert.equal(code, 2);
    assert.deepEqual(
      findings.map(({ rule }) => rule).filter((rule) => rule === 'lockfile-missing'),
      [],
    );
    assert.deepEqual(unreadOf(folder).unread, [
      'package-lock.json: It is a symbolic link that leads to no file.',
    ]);
  });
});
