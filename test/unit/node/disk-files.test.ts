import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { joinUri, type Uri } from '../../../server/src/core/read/text/paths/uri.ts';
import type { FilesPort } from '../../../server/src/engine/ports.ts';
import { createDiskFiles, failedRead, uriOfPath } from '../../../server/src/node/disk-files.ts';

describe('files on disk', () => {
  let base: string;
  let root: Uri;
  let files: FilesPort;

  before(async () => {
    base = await realpath(await mkdtemp(join(tmpdir(), 'dephygiene-')));
    const folder = join(base, 'my project');
    await mkdir(join(folder, 'packages', 'a'), { recursive: true });
    await mkdir(join(folder, 'packages', 'b'));
    await mkdir(join(base, 'outside'));
    await writeFile(join(base, 'outside', 'package.json'), '{"secret":1}');
    await writeFile(join(folder, 'package.json'), '\uFEFF{"name":"ü"}');
    await writeFile(join(folder, 'Z.json'), 'z');
    await writeFile(join(folder, 'binary'), Buffer.from([1, 0, 2]));
    await writeFile(join(folder, 'invalid'), Buffer.from([0x61, 0xff, 0x62]));
    await writeFile(join(folder, 'big'), '');
    await truncate(join(folder, 'big'), 50 * 1024 * 1024 + 1);
    for (const [name, megabytes] of [
      ['large', 50],
      ['huge', 200],
    ] as const) {
      const lockfile = join(base, 'outside', name, 'package-lock.json');
      await mkdir(join(base, 'outside', name));
      await writeFile(lockfile, '');
      await truncate(lockfile, megabytes * 1024 * 1024 + 1);
    }
    await writeFile(join(folder, 'packages', 'a', 'package.json'), '{}');
    await symlink(join(base, 'outside'), join(folder, 'leaves'));
    await symlink(join(base, 'outside', 'package.json'), join(folder, 'leaves.json'));
    await symlink('package.json', join(folder, 'linked.json'));
    await symlink('nowhere', join(folder, 'dangling'));
    await symlink('packages/a', join(folder, 'linked'));
    await symlink('..', join(folder, 'packages', 'up'));
    await symlink('../b', join(folder, 'packages', 'a', 'to-b'));
    await symlink('../a', join(folder, 'packages', 'b', 'to-a'));
    root = uriOfPath(folder);
    files = createDiskFiles(() => [root]);
  });
  after(() => rm(base, { recursive: true }));

  test('URIs are canonical', () => assert.ok(root.endsWith('/my%20project')));

  test('reads text without its byte order mark', async () => {
    assert.deepEqual(await files.read(joinUri(root, 'package.json')), { type: 'text', text: '{"name":"ü"}' });
    assert.deepEqual(await files.read(joinUri(root, 'invalid')), { type: 'text', text: 'a\uFFFDb' });
    assert.deepEqual(await files.read(joinUri(root, 'linked.json')), { type: 'text', text: '{"name":"ü"}' });
  });

  test('says why it cannot read', async () => {
    const cases: readonly [path: string, reason: string | undefined][] = [
      ['missing.json', undefined],
      ['package.json/below', undefined],
      ['dangling', undefined],
      ['packages', 'is a folder'],
      ['binary', 'contains NUL bytes'],
      ['big', 'is larger than 50 MB'],
      ['../outside/large/package-lock.json', 'contains NUL bytes'],
      ['../outside/huge/package-lock.json', 'is larger than 200 MB'],
      ['leaves.json', 'leads out of the folder that is checked'],
      ['leaves/package.json', 'leads out of the folder that is checked'],
    ];
    for (const [path, reason] of cases) {
      const expected = reason === undefined ? { type: 'missing' } : { type: 'refused', reason };
      assert.deepEqual(await files.read(joinUri(root, path)), expected, path);
    }
    for (const uri of ['https://example.test/a', 'untitled:a', 'file://server/share/a', 'file:///a%2Fb']) {
      assert.deepEqual(await files.read(uri), { type: 'refused', reason: 'is no file on this machine' }, uri);
    }
  });

  test('names denied permissions, with what to do', () => {
    const error = Object.assign(new Error('EACCES: permission denied, open'), {
      ...{ code: 'EACCES', syscall: 'open' },
    });
    assert.deepEqual(failedRead(error), {
      type: 'refused',
      reason: 'cannot be read: permission denied',
      advice: "check the file's permissions",
    });
  });

  test('files outside of the folders are read as they are', async () => {
    const uri = joinUri(uriOfPath(base), 'outside/package.json');
    assert.deepEqual(await files.read(uri), { type: 'text', text: '{"secret":1}' });
  });

  test('lists sorted, with the links that stay inside and those to packages elsewhere', async () => {
    const items = await files.list(root);
    assert.deepEqual(
      items?.map(({ name, type }) => `${name} ${type}`),
      [
        'Z.json file',
        'big file',
        'binary file',
        'invalid file',
        'leaves unfollowed',
        'linked directory',
        'linked.json file',
        'package.json file',
        'packages directory',
      ],
    );
    assert.equal(await files.list(joinUri(root, 'missing')), undefined);
    assert.equal(await files.list(joinUri(root, 'Z.json')), undefined);
    assert.equal(await files.list('https://example.test/a'), undefined);
  });

  test('every way down ends, whatever the links', async () => {
    const seen: string[] = [];
    const walk = async (directory: Uri, path: string): Promise<void> => {
      assert.ok(path.length < 200, path);
      for (const { name, type } of (await files.list(directory)) ?? []) {
        seen.push(`${path}${name}`);
        if (type === 'directory') await walk(joinUri(directory, name), `${path}${name}/`);
      }
    };
    await walk(root, '');
    assert.ok(seen.includes('packages/a/to-b'));
    assert.ok(!seen.includes('packages/up'));
    assert.ok(!seen.includes('packages/a/to-b/to-a'));
  });
});
