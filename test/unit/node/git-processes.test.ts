import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { readBlobs } from '../../../server/src/node/git/blob-process.ts';
import { findGit } from '../../../server/src/node/git/git-program.ts';
import { runGit, startBatch } from '../../../server/src/node/git/git-run.ts';
import { createListings, lineOf } from '../../../server/src/node/git/listings.ts';

const directory = mkdtempSync(join(tmpdir(), 'dephygiene-blobs-'));
after(() => rmSync(directory, { recursive: true, force: true }));
const environment = { PATH: process.env.PATH, HOME: directory };

function git(args: readonly string[], input: string | Buffer = ''): string {
  return execFileSync('git', args, { cwd: directory, env: environment, input, encoding: 'utf8' }).trim();
}

git(['init', '--quiet']);
const blobOf = (bytes: string | Buffer) => git(['hash-object', '-w', '--stdin'], bytes);
const program = (await findGit({ environment, platform: process.platform, untrusted: [] })) ?? '';

function start() {
  const child = startBatch({ program, directory, environment });
  const closed = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
  });
  let ended = 0;
  const blobs = readBlobs(child, () => ended++);
  return { blobs, closed, ended: () => ended };
}

describe('blobs that one process of git reads', () => {
  test('are read one after the other, whatever bytes they have', async () => {
    const all = [
      '',
      'a\n',
      `${'0'.repeat(40)} missing\n`,
      Buffer.from([0, 10, 255, 13, 10]),
      Buffer.alloc(3_000_000, 'b'),
    ];
    const { blobs, closed, ended } = start();
    const read = await Promise.all(all.map((bytes) => blobs.read(blobOf(bytes), 4_000_000)));
    assert.deepEqual(read, all.map(Buffer.from));
    assert.equal(ended(), 0);
    await closed;
    assert.equal(ended(), 1);
    assert.equal(await blobs.read(blobOf('a\n'), 10), undefined);
  });

  test('are not read where git has none, where they are too large, and after that', async () => {
    const blob = blobOf('twelve bytes');
    writeFileSync(join(directory, 'file'), '');
    git(['add', 'file']);
    for (const [object, maxBytes] of [
      ['0'.repeat(40), 100],
      [git(['write-tree']), 100],
      [blob, 11],
      ['HEAD\n', 100],
    ] as const) {
      const { blobs, closed, ended } = start();
      assert.equal((await blobs.read(blob, 12))?.toString(), 'twelve bytes');
      assert.equal(await blobs.read(object, maxBytes), undefined, object);
      await closed;
      assert.equal(ended(), 1);
    }
  });
});

test('the index is listed again once it is another one', async () => {
  const ran: string[] = [];
  const listings = createListings((args) => {
    ran.push(args.join(' '));
    return runGit(args, { program, directory, environment, maxBytes: 1_000_000 });
  });
  const files = async () => {
    const listed = await listings.ofIndex(directory);
    return listed.type === 'ended' ? listed.out.toString().match(/\t[^\0]+/g) : listed;
  };
  const before = await files();
  assert.deepEqual([await files(), ran.length], [before, 1]);
  writeFileSync(join(directory, 'another'), '');
  git(['add', 'another']);
  assert.deepEqual(await files(), ['\tanother', ...(before as readonly string[])]);
});

test('the line of a file in the listing of a commit', () => {
  const file = (path: string) => `100644 blob ${'a'.repeat(40)}\t${path}\0`;
  const listing = {
    ...{ repository: '/shop', directory: '/shop/web', commit: 'c' },
    out: Buffer.from(file('a/package.json') + file('package.json') + file('é')),
  };
  const lines = ['package.json', 'a/package.json', 'a', 'b', 'json', '../package.json', 'é', ''].map((path) =>
    lineOf(listing, join('/shop/web', path))?.slice(53),
  );
  const [absent, notSaid] = ['', undefined];
  assert.deepEqual(lines, [
    ...['package.json', 'a/package.json', notSaid, absent, absent],
    ...[notSaid, notSaid, notSaid],
  ]);
});
