import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { CacheRecord } from '../../../server/src/engine/ports.ts';
import { cacheDirectory } from '../../../server/src/node/cache-directory.ts';
import { createDiskCache } from '../../../server/src/node/disk-cache.ts';

const AS_OF = Date.parse('2026-11-24T12:00:00.500Z');

function record(text: string): CacheRecord {
  return { text, asOf: AS_OF };
}

/** Returns about that many incompressible bytes. */
function dense(name: string, bytes: number): string {
  let text = '';
  for (let at = 0; text.length < bytes * 1.33; at++)
    text += createHash('sha512').update(`${name} ${at}`).digest('base64');
  return text;
}

describe('the cache on disk', () => {
  let base: string;
  let count = 0;
  const newDirectory = () => join(base, `cache ${count++}`);
  before(async () => {
    base = await mkdtemp(join(tmpdir(), 'dephygiene-'));
  });
  after(() => rm(base, { recursive: true }));

  test('keeps records, for this user only', async () => {
    const directory = newDirectory();
    const cache = createDiskCache({ directory });
    assert.equal(await cache.read('a'), undefined);
    await cache.write('a', record('one'));
    await cache.write('b', record('two\nlines "and" ünicode'));
    await cache.write('a', record('three'));
    assert.equal((await cache.read('a'))?.text, 'three');
    assert.equal((await createDiskCache({ directory }).read('b'))?.text, 'two\nlines "and" ünicode');
    const names = await readdir(directory);
    assert.equal(names.length, 2);
    for (const name of names) {
      assert.match(name, /^[0-9a-f]{64}\.record$/);
      if (process.platform !== 'win32') assert.equal((await stat(join(directory, name))).mode & 0o777, 0o600);
    }
  });

  test('a broken or foreign file is a miss, and mends itself', async () => {
    const directory = newDirectory();
    const cache = createDiskCache({ directory });
    await cache.write('key', record('record'));
    const path = join(directory, (await readdir(directory))[0]!);
    const whole = await readFile(path);
    const text = whole.toString('latin1');
    for (const changed of [
      '',
      'x',
      text.slice(0, -1),
      `${text}x`,
      text.replace('key', 'kex'),
      text.split('\n')[0]!,
    ]) {
      const broken = Buffer.from(changed, 'latin1');
      await writeFile(path, broken);
      assert.equal(await cache.read('key'), undefined);
    }
    await cache.write('key', record('record'));
    assert.equal((await cache.read('key'))?.text, 'record');
  });

  test('knows when a record was confirmed last, which costs no writing', async () => {
    const directory = newDirectory();
    const cache = createDiskCache({ directory });
    await cache.confirm('a', AS_OF);
    assert.equal(await cache.read('a'), undefined);
    await cache.write('a', record('one'));
    assert.deepEqual(await cache.read('a'), { text: 'one', asOf: AS_OF });
    await cache.confirm('a', AS_OF + 60_000);
    assert.deepEqual(await createDiskCache({ directory }).read('a'), { text: 'one', asOf: AS_OF + 60_000 });
    assert.equal((await readdir(directory)).length, 1);
  });

  test('records of an earlier form make room', async () => {
    const directory = newDirectory();
    await mkdir(directory);
    const old = `${'0'.repeat(64)}.json`;
    await writeFile(join(directory, old), 'x');
    await createDiskCache({ directory }).write('a', record('one'));
    assert.equal((await readdir(directory)).includes(old), false);
  });

  test('a place that cannot be written is no error', async () => {
    await writeFile(join(base, 'file'), '');
    const cache = createDiskCache({ directory: join(base, 'file', 'below') });
    await cache.write('a', record('one'));
    assert.equal(await cache.read('a'), undefined);
  });

  test('the oldest records make room, and left-over temporary files go', async () => {
    const directory = newDirectory();
    const cache = createDiskCache({ directory, maxBytes: 10_000 });
    await mkdir(directory);
    await writeFile(join(directory, 'left.tmp'), 'x');
    await writeFile(join(directory, 'other.txt'), 'x');
    await utimes(join(directory, 'left.tmp'), 1, 1);
    for (let at = 0; at < 12; at++) {
      const before = new Set(await readdir(directory));
      await cache.write(`key ${at}`, record(dense(String(at), 900)));
      const [added] = (await readdir(directory)).filter((name) => !before.has(name));
      await utimes(join(directory, added!), 1000 + at, 1000 + at);
    }
    await cache.write('last', record(dense('last', 900)));
    const names = await readdir(directory);
    const sizes = await Promise.all(names.map(async (name) => (await stat(join(directory, name))).size));
    assert.ok(sizes.reduce((sum, size) => sum + size, 0) <= 10_000);
    assert.equal(await cache.read('key 0'), undefined);
    assert.equal((await cache.read('last'))?.text, dense('last', 900));
    assert.equal(names.includes('left.tmp'), false);
    assert.equal(names.includes('other.txt'), true);
  });

  test('what a watch has seen is not fetched again, and makes no room', async () => {
    const cache = createDiskCache({ directory: newDirectory(), maxBytes: 10_000 });
    await cache.write('watch editor file:///shop', record('seen'));
    for (let at = 0; at < 30; at++) await cache.write(`key ${at}`, record(dense(String(at), 900)));
    assert.equal(await cache.read('key 0'), undefined);
    assert.equal((await cache.read('watch editor file:///shop'))?.text, 'seen');
  });

  test('two at once never see half of a record', async () => {
    const directory = newDirectory();
    const caches = [createDiskCache({ directory }), createDiskCache({ directory })];
    const records = ['a', 'b'].map((letter) => dense(letter, 200_000));
    const seen = new Set<string | undefined>();
    await Promise.all(
      Array.from({ length: 40 }, async (_, at) => {
        await caches[at % 2]!.write('key', record(records[at % 2]!));
        seen.add((await caches[(at + 1) % 2]!.read('key'))?.text);
      }),
    );
    assert.deepEqual(
      [...seen].filter((record) => record === undefined || !records.includes(record)),
      [],
    );
  });
});

describe('where the cache lies', () => {
  const cases: readonly [platform: string, environment: Record<string, string>, directory: string][] = [
    ['linux', {}, '/home/u/.cache/dephygiene'],
    ['linux', { XDG_CACHE_HOME: '/var/c' }, '/var/c/dephygiene'],
    ['linux', { XDG_CACHE_HOME: 'relative' }, '/home/u/.cache/dephygiene'],
    ['darwin', {}, '/home/u/Library/Caches/dephygiene'],
    ['win32', {}, '\\home\\u\\AppData\\Local\\dephygiene'],
    ['win32', { LOCALAPPDATA: 'C:\\L' }, 'C:\\L\\dephygiene'],
  ];
  for (const [platform, environment, directory] of cases) {
    test(directory, () =>
      assert.equal(cacheDirectory({ platform, environment, home: '/home/u' }), directory),
    );
  }

  test('nowhere for a user without a home, rather than in the folder that is checked', () => {
    for (const home of ['', 'relative']) {
      assert.equal(cacheDirectory({ platform: 'linux', environment: {}, home }), undefined);
    }
  });
});
