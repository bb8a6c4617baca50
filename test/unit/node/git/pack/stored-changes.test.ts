import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { type GitCommitChanges, readChanges } from '../../../../../server/src/node/git/git-changes.ts';
import { storedChanges } from '../../../../../server/src/node/git/pack/stored-changes.ts';
import { openStoredObjects } from '../../../../../server/src/node/git/pack/stored-objects.ts';

const folder = mkdtempSync(join(tmpdir(), 'dephygiene-changes-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const env = {
  ...{ PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' },
  ...{ GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.test' },
  ...{ GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.test' },
};
const { signal } = new AbortController();
const NAMES = ['yarn.lock', 'package-lock.json'];

function git(args: readonly string[], input = ''): string {
  return execFileSync('git', args, { cwd: folder, input, env, stdio: ['pipe', 'pipe', 'ignore'] })
    .toString()
    .trim();
}

function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return (state >> 8) % below;
  };
}

git(['init', '--quiet', '--initial-branch=main']);

/** Writes an object, as starting git for each takes long. */
function write(type: string, content: string | Uint8Array): string {
  const bytes = Buffer.from(content);
  const stored = Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes]);
  const id = createHash('sha1').update(stored).digest('hex');
  const path = join(folder, '.git/objects', id.slice(0, 2), id.slice(2));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, deflateSync(stored));
  return id;
}

interface Item {
  readonly mode: string;
  readonly name: string;
  readonly id: string;
}

const treeOf = (items: readonly Item[]) =>
  write(
    'tree',
    Buffer.concat(
      items.flatMap(({ mode, name, id }) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]),
    ),
  );

function commitOf(
  tree: string,
  parents: readonly string[] = [],
  author = '1700000000 +0000',
  committer = author,
): string {
  const lines = [`tree ${tree}`, ...parents.map((each) => `parent ${each}`)];
  lines.push(`author a <a@example.test> ${author}`, `committer a <a@example.test> ${committer}`);
  return write('commit', `${lines.join('\n')}\n\nx\n`);
}

const blobs = ['a', 'b', 'c'].map((text) => write('blob', text));
const emptyCommit = commitOf(treeOf([]));

/** Returns a tree in which names are files, links, submodules or folders. */
function randomTree(random: (below: number) => number, depth: number): string {
  const names = [...NAMES, 'app', 'app-1', 'app.json', 'node_modules', 'package-lock.json.d'];
  const items = names.flatMap((name): readonly Item[] => {
    const id = blobs[random(blobs.length)]!;
    switch (random(depth > 1 ? 6 : 9)) {
      case 0:
        return [{ mode: '120000', name, id }];
      case 1:
        return [{ mode: '160000', name, id: emptyCommit }];
      case 2:
      case 3:
        return [];
      case 4:
        return [{ mode: '100755', name, id }];
      case 5:
        return [{ mode: '100644', name, id }];
      default:
        return [{ mode: '40000', name, id: randomTree(random, depth + 1) }];
    }
  });
  const orderOf = ({ mode, name }: Item) => (mode === '40000' ? `${name}/` : name);
  return treeOf(items.sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1)));
}

function clearReferences(): void {
  for (const name of git(['for-each-ref', '--format=%(refname)']).split('\n'))
    if (name !== '') git(['update-ref', '-d', name]);
}

function starts(): readonly string[] {
  return git(['for-each-ref', '--format=%(objectname)'])
    .split('\n')
    .filter((id) => id !== '');
}

const isWanted = (path: string) =>
  NAMES.some((name) => path === name || path.endsWith(`/${name}`)) && !/(?:^|\/)node_modules\//.test(path);

async function fromFiles(from = starts()): ReturnType<typeof storedChanges> {
  const stored = openStoredObjects(join(folder, '.git/objects'));
  const isSkipped = (name: string) => name === 'node_modules';
  try {
    return await storedChanges(stored, from, { isWanted, isSkipped, signal });
  } finally {
    stored.close();
  }
}

async function fromGit(): ReturnType<typeof storedChanges> {
  const start = (args: readonly string[], stdin: 'ignore' | 'pipe') =>
    spawn('git', ['--glob-pathspecs', ...args], { cwd: folder, env, stdio: [stdin, 'pipe', 'pipe'] });
  const patterns = NAMES.map((name) => `**/${name}`);
  const walk = readChanges(patterns, { others: [], start, signal });
  const changes: GitCommitChanges[] = [];
  for (;;) {
    const { value, done } = await walk.next();
    if (done === true) {
      assert.equal(value.failure, undefined);
      return { changes, commits: value.commits };
    }
    const own = value.changes.filter(({ path }) => isWanted(path));
    if (own.length > 0) changes.push({ ...value, changes: own });
  }
}

describe('the changes of a short history', () => {
  for (const seed of [1, 2, 3])
    test(`are those that git lists, history ${seed}`, async () => {
      clearReferences();
      const random = seeded(seed);
      const commits: string[] = [];
      let tree = randomTree(random, 0);
      for (let at = 0; at < 30; at++) {
        if (random(4) > 0) tree = randomTree(random, 0);
        const parents = new Set(
          at % 13 === 0 ? [] : [commits[Math.max(0, at - 1 - random(3))]!, commits[random(at)]!],
        );
        // Many have the same time, and clocks are wrong.
        const dates = [`${1_600_000_000 + random(9)} +0100`, `${1_700_000_000 + random(9)} -0330`] as const;
        commits.push(commitOf(tree, [...parents], ...dates));
      }
      for (const at of [4, 11, 20, 28, 29]) git(['update-ref', `refs/heads/b${at}`, commits[at]!]);
      git(['tag', '-a', '-m', 'tag', 'one', commits[15]!]);
      git(['tag', '-a', '-m', 'tag', 'two', git(['rev-parse', 'refs/tags/one'])]);
      git(['tag', 'text', blobs[0]!]);
      const expected = await fromGit();
      assert.ok(expected!.changes.length > 10);
      assert.ok(expected!.changes.some(({ changes }) => changes.some(({ isLink }) => isLink)));
      assert.deepEqual(await fromFiles(), expected);
      git(['repack', '-a', '-d', '-q', '--depth=20', '--window=20']);
      assert.deepEqual(await fromFiles(), expected);
    });

  test('are left to git where anything is not in the files, or not as git writes it', async () => {
    clearReferences();
    const file: Item = { mode: '100644', name: 'yarn.lock', id: blobs[0]! };
    const tree = treeOf([file]);
    assert.equal((await fromFiles([commitOf(tree)]))?.changes.length, 1);
    const odd = [
      ...['-5 +0000', '170000000000000000 +0000', '1700000000'].map((date) => commitOf(tree, [], date)),
      ...['1'.repeat(40), commitOf('4'.repeat(40)), commitOf(tree, ['2'.repeat(40)])],
      commitOf(treeOf([file, { ...file, name: 'a' }])),
      commitOf(treeOf([file, file])),
      commitOf(treeOf([{ ...file, mode: '100664' }])),
      commitOf(treeOf([{ ...file, name: '' }])),
      commitOf(treeOf([{ ...file, id: '0'.repeat(40) }])),
      commitOf(treeOf([{ mode: '40000', name: 'app', id: '3'.repeat(40) }])),
    ];
    for (const [at, commit] of odd.entries()) assert.equal(await fromFiles([commit]), undefined, String(at));
  });

  test('are left to git where few trees have a file again and again', async () => {
    clearReferences();
    let tree = treeOf([
      { mode: '100644', name: 'yarn.lock', id: git(['hash-object', '-w', '--stdin'], 'x') },
    ]);
    for (let level = 0; level < 7; level++)
      tree = treeOf([...'0123456789'].map((name) => ({ mode: '40000', name, id: tree })));
    assert.equal(await fromFiles([commitOf(tree)]), undefined);
  });

  test('are left to git where it is long', async () => {
    clearReferences();
    const lines = Array.from({ length: 1001 }, (_, at) =>
      [
        'commit refs/heads/long',
        `committer a <a@example.test> ${1_700_000_000 + at} +0000`,
        `data 1\nx`,
        `M 100644 inline yarn.lock\ndata 4\n${at % 10}${at % 7}${at % 3}\n`,
        '',
      ].join('\n'),
    );
    git(['fast-import', '--quiet'], lines.slice(0, 1000).join(''));
    assert.deepEqual(await fromFiles(), await fromGit());
    git(['update-ref', '-d', 'refs/heads/long']);
    git(['fast-import', '--quiet'], lines.join(''));
    assert.equal(await fromFiles(), undefined);
  });
});
