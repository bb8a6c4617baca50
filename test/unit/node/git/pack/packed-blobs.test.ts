import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { applyDelta, readDeltaSizes } from '../../../../../server/src/node/git/pack/pack-delta.ts';
import { readPackedBlobs } from '../../../../../server/src/node/git/pack/packed-blobs.ts';
import { openStoredObjects } from '../../../../../server/src/node/git/pack/stored-objects.ts';

const folder = mkdtempSync(join(tmpdir(), 'dephygiene-packs-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function git(args: readonly string[], input?: string): Buffer {
  const env = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', args, { cwd: folder, input, env, stdio: ['pipe', 'pipe', 'ignore'] });
}

/** Texts of which each differs from the one before in a few places, and some that no delta fits. */
const texts = Array.from({ length: 60 }, (_, at) => {
  if (at % 20 === 7) return Buffer.alloc(at * 3, `${at} `).toString();
  const lines = Array.from({ length: 3000 }, (_line, line) => `"node_modules/p${line}": "1.${line % 7}.0"`);
  for (let edit = 0; edit <= at; edit++) lines[(edit * 379) % 3000] = `"changed": "${edit}"`;
  return `${lines.join('\n')}${at % 3 === 0 ? 'x'.repeat(70_000) : ''}`;
});
git(['init', '--quiet']);
const ids = texts.map((text) => git(['hash-object', '-w', '--stdin'], text).toString().trim());
const [loose, ...packed] = ids as [string, ...string[]];
const objects = join(folder, '.git/objects');
const packs = join(objects, 'pack');
const pack = (...options: readonly string[]) =>
  git(['pack-objects', '--quiet', ...options, join(packs, 'pack')], `${packed.join('\n')}\n`);
const options = { maxBytes: 2 ** 20, signal: new AbortController().signal };

async function read(asked: readonly string[], limits = options): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  await readPackedBlobs(objects, asked, limits, (object, content) => {
    assert.ok(!found.has(object));
    found.set(object, content.toString('utf8'));
  });
  return found;
}

/** The same packs in a folder without objects in files of their own. */
const packedAlone = join(folder, 'packed');
mkdirSync(packedAlone);
symlinkSync(packs, join(packedAlone, 'pack'));

function storedTexts(from: string, asked: readonly string[]): readonly (string | undefined)[] {
  const stored = openStoredObjects(from);
  const found = asked.map((id) => stored.read(id, 2 ** 20)?.content.toString('utf8'));
  stored.close();
  return found;
}

describe('the blobs of packs', () => {
  test('are those that git reads, whichever way deltas name what they are based on', async () => {
    for (const style of ['--delta-base-offset', '--no-reuse-delta']) {
      for (const name of readdirSync(packs)) rmSync(join(packs, name), { force: true });
      pack(style, '--depth=40', '--window=20');
      const kinds = git(['cat-file', '--batch-check=%(deltabase)'], `${packed.join('\n')}\n`).toString();
      assert.ok(kinds.split('\n').filter((base) => !/^0+$/.test(base)).length > 20);
      const found = await read(ids);
      assert.deepEqual([...found.keys()].sort(), [...packed].sort());
      for (const [at, id] of ids.entries()) if (id !== loose) assert.equal(found.get(id), texts[at]);
      assert.deepEqual(storedTexts(objects, ids), texts);
      assert.deepEqual(storedTexts(packedAlone, ids), [undefined, ...texts.slice(1)]);
      assert.deepEqual([...(await read([packed[3]!, 'f'.repeat(40), '../x'])).keys()], [packed[3]]);
    }
  });

  test('are left to git if they are too large', async () => {
    const found = await read(ids, { ...options, maxBytes: 1000 });
    assert.deepEqual([...found.values()].map(({ length }) => length).sort(), [141, 21, 81].sort());
  });

  test('are the right ones or none, wherever a pack or its index is damaged', async () => {
    const known = new Map(ids.map((id, at) => [id, texts[at]]));
    for (const ending of ['pack', 'idx']) {
      const name = readdirSync(packs).find((each) => each.endsWith(`.${ending}`))!;
      const path = join(packs, name);
      const whole = join(folder, 'whole');
      copyFileSync(path, whole);
      rmSync(path, { force: true });
      const { length } = readFileSync(whole);
      for (let turn = 0; turn < 40; turn++) {
        const bytes = readFileSync(whole);
        const at = Math.floor((turn * length) / 40);
        if (turn % 4 === 3) writeFileSync(path, bytes.subarray(0, at));
        else writeFileSync(path, bytes.fill((turn * 37) % 256, at, at + 1 + (turn % 4) * 3));
        const found = await read(ids);
        // An index may name another object of the pack, which git does not notice either.
        const texts = new Set(known.values());
        for (const [id, text] of found)
          assert.ok(ending === 'pack' ? known.get(id) === text : texts.has(text), `${ending} ${turn}`);
        // Those that are asked for one by one have their ids.
        for (const [place, text] of storedTexts(packedAlone, packed).entries())
          assert.ok(text === undefined || text === known.get(packed[place]!), `${ending} ${turn}`);
      }
      rmSync(path, { force: true });
      copyFileSync(whole, path);
    }
    assert.equal((await read(ids)).size, packed.length);
  });
});

test('a delta that reaches beyond its base or its text is refused', () => {
  const apply = (...bytes: readonly number[]) => {
    const delta = Buffer.from(bytes);
    const sizes = readDeltaSizes(delta);
    if (sizes === undefined) return undefined;
    const into = Buffer.alloc(16);
    return applyDelta(Buffer.from('abcdef'), delta, sizes, into)
      ? into.toString('latin1', 0, sizes.size)
      : false;
  };
  assert.equal(apply(6, 4, 0x91, 1, 3, 1, 0x78), 'bcdx');
  assert.equal(apply(6, 4, 0x91, 4, 3, 1, 0x78), false);
  assert.equal(apply(6, 3, 0x91, 1, 3, 1, 0x78), false);
  assert.equal(apply(6, 5, 0x91, 1, 3, 1, 0x78), false);
  assert.equal(apply(5, 4, 0x91, 1, 3, 1, 0x78), false);
  assert.equal(apply(6, 4, 0), false);
  assert.equal(apply(6, 4, 3, 0x78), false);
  assert.equal(apply(6, 4, 0x90), false);
  assert.equal(apply(0x80), undefined);
});
