import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { commitsIn } from '../../../../server/src/node/git/git-descendants.ts';
import { filesOfTrees } from '../../../../server/src/node/git/git-trees.ts';
import { openStoredObjects } from '../../../../server/src/node/git/pack/stored-objects.ts';
import {
  fileOfCommit,
  listTree,
  parentsOf,
  treeOfCommit,
} from '../../../../server/src/node/git/pack/stored-trees.ts';

const folder = mkdtempSync(join(tmpdir(), 'dephygiene-walks-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const env = {
  ...{ PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' },
  ...{ GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.test' },
  ...{ GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.test' },
};

function git(args: readonly string[], input?: string, date = 1_700_000_000): string {
  const dated = { ...env, GIT_AUTHOR_DATE: `${date} +0000`, GIT_COMMITTER_DATE: `${date} +0000` };
  const stdio = ['pipe', 'pipe', 'ignore'] as const;
  return execFileSync('git', args, { cwd: folder, input, env: dated, stdio: [...stdio] })
    .toString()
    .trim();
}

function start(args: readonly string[], stdin: 'ignore' | 'pipe') {
  return spawn('git', args, { cwd: folder, env, stdio: [stdin, 'pipe', 'pipe'] });
}

git(['init', '--quiet', '--initial-branch=main']);
const blob = git(['hash-object', '-w', '--stdin'], 'text');
const treeOf = (lines: readonly string[]) =>
  git(['mktree', '-z', '--missing'], lines.map((line) => `${line}\0`).join(''));

describe('one walk over a history', () => {
  const tree = treeOf([`100644 blob ${blob}\ta`]);
  const commits: string[] = [];
  let seed = 3;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed % below;
  };
  for (let at = 0; at < 40; at++) {
    const parents = new Set(
      at % 13 === 0 ? [] : [commits[random(at)]!, commits[Math.max(0, at - 1 - random(3))]!],
    );
    // Clocks are wrong, so dates give no order.
    const date = 1_700_000_000 + random(1000);
    commits.push(
      git(['commit-tree', tree, '-m', String(at), ...[...parents].flatMap((each) => ['-p', each])], '', date),
    );
  }
  for (const at of [4, 11, 25, 38, 39]) git(['update-ref', `refs/heads/b${at}`, commits[at]!]);
  git(['update-ref', 'refs/remotes/origin/x', commits[30]!]);

  test('finds the branches of commits that git finds', async () => {
    const listed = git(['for-each-ref', '--format=%(objectname) %(refname)']).split('\n');
    const names = new Map(listed.map((line) => line.split(' ') as [string, string]));
    const found = await commitsIn(new Set(names.keys()), commits, start);
    for (const commit of commits) {
      const expected = git(['for-each-ref', '--format=%(objectname)', `--contains=${commit}`]).split('\n');
      const own = [...names.keys()].filter((tip) => found!.get(tip)!.includes(commit));
      assert.deepEqual(
        own,
        expected.filter((tip) => tip !== ''),
      );
    }
    const noGit = () => assert.fail('git is started');
    const stored = openStoredObjects(join(folder, '.git/objects'));
    assert.deepEqual(await commitsIn(new Set(names.keys()), commits, noGit, stored), found);
    stored.close();
  });

  test('asks git where a commit is not in the files', async () => {
    const none = openStoredObjects(join(folder, 'no-objects'));
    const tips = new Set([commits[30]!]);
    assert.deepEqual(
      await commitsIn(tips, commits, start, none),
      await commitsIn(tips, commits, start, undefined),
    );
  });

  test('is of no use if git fails', async () => {
    const failing = () => start(['rev-list', 'no-such-branch'], 'ignore');
    assert.equal(await commitsIn(new Set(commits), commits, failing), undefined);
    const missing = () => spawn('/no/such/git', [], { stdio: ['ignore', 'pipe', 'pipe'] });
    assert.equal(await commitsIn(new Set(commits), commits, missing), undefined);
  });
});

describe('the files of trees', () => {
  const link = `120000 blob ${blob}\tlink`;
  const module = `160000 commit ${'1'.repeat(40)}\tmodule`;
  const inner = treeOf([`100644 blob ${blob}\todd\n\tname`, `100755 blob ${blob}\tb`]);
  const outer = treeOf([`100644 blob ${blob}\ta`, `040000 tree ${inner}\tinner`, link, module]);
  const options = { start, signal: new AbortController().signal, isWanted: () => true };
  const paths = (files: readonly { readonly path: string }[] | undefined) => files?.map(({ path }) => path);

  test('are read from files as git lists them', () => {
    const stored = openStoredObjects(join(folder, '.git/objects'));
    const commit = git(['commit-tree', outer, '-m', 'x']);
    const listed = git(['ls-tree', '-r', '-z', commit]).split('\0').slice(0, -1);
    assert.equal(treeOfCommit(stored, commit), outer);
    assert.deepEqual(parentsOf(stored, commit), []);
    const items = listTree(stored, outer)!;
    assert.deepEqual(
      items.map(
        ({ mode, object, path }) => `${mode} ${mode === '160000' ? 'commit' : 'blob'} ${object}\t${path}`,
      ),
      listed,
    );
    assert.equal(fileOfCommit(stored, commit, 'inner/b'), blob);
    for (const path of ['inner', 'b', 'a/b', 'inner/c'])
      assert.equal(fileOfCommit(stored, commit, path), null, path);
    assert.equal(fileOfCommit(stored, outer, 'a'), undefined);
    assert.equal(
      listTree(stored, treeOf([`040000 tree ${'2'.repeat(40)}\tlost`, `100644 blob ${blob}\ta`])),
      undefined,
    );
    stored.close();
  });

  test('are those of each tree, without links and submodules', async () => {
    const wanted = (path: string) => path !== 'a';
    const found = await filesOfTrees([inner, outer, inner], options);
    assert.deepEqual(paths(found.get(inner)), ['b', 'odd\n\tname']);
    assert.deepEqual(paths(found.get(outer)), ['a', 'inner/b', 'inner/odd\n\tname']);
    const some = await filesOfTrees([outer], { ...options, isWanted: wanted });
    assert.deepEqual(paths(some.get(outer)), ['inner/b', 'inner/odd\n\tname']);
    assert.equal((await filesOfTrees([], options)).size, 0);
  });

  test('are unknown for a damaged tree alone', async () => {
    const lost = treeOf([`100644 blob ${blob}\tlost`]);
    const holder = treeOf([`100644 blob ${blob}\ta`, `040000 tree ${lost}\tb`]);
    const broken = treeOf([`100644 blob ${blob}\tbroken`]);
    const fileOf = (id: string) => join(folder, '.git/objects', id.slice(0, 2), id.slice(2));
    rmSync(fileOf(lost));
    rmSync(fileOf(broken));
    writeFileSync(fileOf(broken), 'no object');
    const found = await filesOfTrees([inner, holder, broken, outer], options);
    assert.deepEqual([...found.keys()].sort(), [inner, outer].sort());
  });
});
