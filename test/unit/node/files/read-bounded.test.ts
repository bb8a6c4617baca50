import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { reasonOf } from '../../../../server/src/node/files/file-problem.ts';
import {
  readBounded,
  readBoundedSync,
  readBoundedText,
} from '../../../../server/src/node/files/read-bounded.ts';

const skip = process.platform === 'win32';

describe('a file is read within limits', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'bounded-'));
    writeFileSync(join(folder, 'text'), '\uFEFFgrün');
    symlinkSync('text', join(folder, 'link'));
    symlinkSync('nowhere', join(folder, 'dangling'));
    writeFileSync(join(folder, 'large'), '');
    truncateSync(join(folder, 'large'), 300 * 1024 * 1024);
  });
  after(() => rmSync(folder, { recursive: true }));

  const reason = (
    name: string,
    options: { followsLinks?: boolean; timeoutMs?: number; maxBytes?: number } = {},
  ) =>
    readBounded(join(folder, name), { maxBytes: 1000, ...options }).then(
      () => 'read',
      (error: unknown) => reasonOf(error),
    );

  test('as it is, also through a link where one may be followed', async () => {
    assert.equal(await readBoundedText(join(folder, 'text'), { maxBytes: 8 }), 'grün');
    assert.equal(await readBoundedText(join(folder, 'link'), { maxBytes: 8 }), 'grün');
    assert.equal(readBoundedSync(join(folder, 'text'), 8).bytes.toString(), '\uFEFFgrün');
    assert.equal(await reason('link', { followsLinks: false }), 'is a symbolic link');
  });

  test('no further than its size, its time and its kind allow', async () => {
    assert.equal(await reason('text', { maxBytes: 7 }), 'is larger than 7 bytes');
    assert.equal(await reason('large', { maxBytes: 50 * 1024 * 1024 }), 'is larger than 50 MB');
    assert.equal(
      await reason('large', { maxBytes: 400 * 1024 * 1024, timeoutMs: 0 }),
      'could not be read within 0 s',
    );
    assert.equal(await reason('.'), 'is a folder');
    assert.equal(await reason('none'), 'does not exist');
    assert.equal(await reason('dangling'), 'does not exist');
    assert.throws(() => readBoundedSync(join(folder, 'large'), 1000), /is larger than/);
    assert.throws(() => readBoundedSync(folder, 1000), /is a folder/);
  });

  test('not from a pipe, a socket or a device, which may have no end', { skip, timeout: 5_000 }, async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    symlinkSync('pipe', join(folder, 'to-pipe'));
    symlinkSync('/dev/zero', join(folder, 'to-zero'));
    const server = createServer().listen(join(folder, 'socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    for (const name of ['pipe', 'to-pipe', 'to-zero', 'socket'])
      assert.equal(await reason(name), 'is not a regular file', name);
    assert.throws(() => readBoundedSync(join(folder, 'pipe'), 1000), /is not a regular file/);
    server.close();
  });

  test('one whose size the system does not say is read to its limit', {
    skip: process.platform !== 'linux',
  }, async () => {
    const whole = await readBounded('/proc/self/status', { maxBytes: 1_000_000 });
    assert.match(whole.toString(), /^Name:/);
    await assert.rejects(readBounded('/proc/self/status', { maxBytes: 100 }), /is larger than/);
  });
});
