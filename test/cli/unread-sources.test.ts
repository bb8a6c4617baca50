import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { YARN_LOCK } from './changes/changed-code.ts';
import { checkJson, lockfileOf, makeProject, runCli } from './run-cli.ts';

type Files = Readonly<Record<string, string | object>>;

const LOCK = "lockfileVersion: '9.0'\nimporters:\n  .: {}\n";
const SHOP = { name: 'shop' };

describe('check says that it does not read what the package manager reads', () => {
  const cases: readonly { title: string; files: Files; gap: string; reason: RegExp }[] = [
    {
      title: 'package.json5 in the root',
      files: { 'package.json5': "{ name: 'shop' }", 'pnpm-lock.yaml': LOCK },
      gap: 'package.json5',
      reason: /pnpm reads package\.json5 here/,
    },
    {
      title: 'package.yaml in the root of a workspace',
      files: { 'package.yaml': 'name: shop\n', 'pnpm-workspace.yaml': 'packages: [packages/*]\n' },
      gap: 'package.yaml',
      reason: /pnpm reads package\.yaml here/,
    },
    {
      title: 'package.yaml of a member',
      files: {
        'package.json': SHOP,
        'pnpm-lock.yaml': LOCK,
        'pnpm-workspace.yaml': 'packages: [packages/*]\n',
        'packages/b/package.yaml': 'name: b\n',
      },
      gap: 'packages/b/package.yaml',
      reason: /pnpm reads package\.yaml here/,
    },
    {
      title: 'the lockfile of a branch',
      files: {
        'package.json': SHOP,
        'pnpm-lock.yaml': LOCK,
        '.npmrc': 'git-branch-lockfile=true\n',
        'pnpm-lock.feature!a.yaml': LOCK,
      },
      gap: 'pnpm-lock.feature!a.yaml',
      reason: /"gitBranchLockfile" makes pnpm read it/,
    },
    {
      title: 'lockfiles of branches that are merged',
      files: {
        'package.json': SHOP,
        'pnpm-lock.yaml': LOCK,
        'pnpm-workspace.yaml': 'mergeGitBranchLockfilesBranchPattern: [main]\n',
        'pnpm-lock.a.yaml': LOCK,
      },
      gap: 'pnpm-lock.a.yaml',
      reason: /"mergeGitBranchLockfilesBranchPattern" makes pnpm read it/,
    },
    {
      title: 'the lockfile of another folder',
      files: { 'package.json': SHOP, 'pnpm-lock.yaml': LOCK, '.npmrc': 'lockfile-dir=locks\n' },
      gap: 'locks/pnpm-lock.yaml',
      reason: /"lockfileDir" makes pnpm read the lockfile in locks/,
    },
    {
      title: 'another name of yarn.lock',
      files: {
        'package.json': SHOP,
        'yarn.lock': YARN_LOCK,
        '.yarnrc.yml': 'lockfileFilename: other.lock\n',
        'other.lock': YARN_LOCK,
      },
      gap: 'other.lock',
      reason: /"lockfileFilename" makes Yarn read other\.lock/,
    },
  ];
  for (const { title, files, gap, reason } of cases) {
    test(title, () => {
      const directory = makeProject(files);
      const { code, coverage } = checkJson(directory);
      const gaps = coverage.gaps.filter(({ kind, path }) => kind === 'file' && path === gap);
      assert.equal(gaps.length, 1, JSON.stringify(coverage.gaps));
      assert.equal(gaps[0]!.reason, 'unsupported');
      assert.match(gaps[0]!.detail, reason);
      assert.equal(code, 2);
      assert.match(runCli(['check', directory]).out, /Not checked:/);
    });
  }
});

describe('check is silent on what the package manager does not read', () => {
  const cases: Readonly<Record<string, Files>> = {
    'package.yaml of another program': { ...npm(), 'haskell/package.yaml': 'name: shop\n' },
    'package.yaml beside package.json': { ...npm(), 'package.yaml': 'name: shop\n', 'pnpm-lock.yaml': LOCK },
    'lockfiles of branches without the setting': {
      'package.json': SHOP,
      'pnpm-lock.yaml': LOCK,
      'pnpm-lock.a.yaml': LOCK,
    },
    'the setting without such a lockfile': {
      'package.json': SHOP,
      'pnpm-lock.yaml': LOCK,
      'pnpm-workspace.yaml': 'gitBranchLockfile: true\n',
    },
    'the folder of the root': {
      'package.json': SHOP,
      'pnpm-lock.yaml': LOCK,
      'pnpm-workspace.yaml': 'lockfileDir: ./\n',
    },
  };
  for (const [title, files] of Object.entries(cases)) {
    test(title, () => {
      const { coverage, code } = checkJson(makeProject(files));
      assert.deepEqual(
        coverage.gaps.filter(({ kind }) => kind === 'file'),
        [],
      );
      assert.notEqual(code, 2);
    });
  }
});

test('npm-shrinkwrap.json and package-lock.json are both checked, whichever npm reads', () => {
  const evil = lockfileOf({ 'event-stream': '3.3.6' });
  const good = lockfileOf({ 'event-stream': '3.3.4' });
  const manifest = { name: 'shop', dependencies: { 'event-stream': '^3.3.4' } };
  for (const path of ['npm-shrinkwrap.json', 'package-lock.json']) {
    const other = path === 'package-lock.json' ? 'npm-shrinkwrap.json' : 'package-lock.json';
    const { findings } = checkJson(makeProject({ 'package.json': manifest, [path]: evil, [other]: good }));
    const found = findings.filter(({ rule }) => rule === 'malicious-version');
    // The manifest's declarations are reported there, based on the lockfile that npm reads.
    const place = path === 'npm-shrinkwrap.json' ? 'package.json' : path;
    assert.ok(
      found.some((finding) => finding.path === place),
      `${path}: ${JSON.stringify(findings.map(({ rule, path: at }) => `${rule} ${at}`))}`,
    );
  }
});

function npm(): Files {
  return {
    'package.json': { ...SHOP, dependencies: { a: '1.0.0' } },
    'package-lock.json': lockfileOf({ a: '1.0.0' }),
  };
}
