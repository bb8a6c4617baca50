import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { unpackPackage } from '../../../server/src/node/tarball/unpack-package.ts';
import { tarHeader } from '../../tar-header.ts';

/** Returns an archive of entries; a type other than a file's is that of its header. */
function archiveOf(
  entries: readonly (readonly [path: string, text: string | Buffer, type?: string])[],
): Buffer {
  const blocks = entries.flatMap(([path, content, type]) => {
    const body = Buffer.from(content);
    const header = tarHeader(path, body.length);
    if (type !== undefined) header.write(type, 156);
    return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const unpacked = async (...entries: Parameters<typeof archiveOf>[0]) =>
  Object.fromEntries(await unpackPackage(archiveOf(entries)));

describe('the archive of a package', () => {
  test('code and manifests by their path without the top folder', async () => {
    const long = `${'a'.repeat(120)}.js`;
    const pax = `path=package/${long}\n`;
    const record = `${pax.length + 4} ${pax}`;
    assert.deepEqual(
      await unpacked(
        ['package/package.json', '{}'],
        ['other-top/lib/a.js', 'a'],
        ['package/binding.gyp', 'g'],
        ['package/tool', '#!/bin/sh'],
        ['package/x', record, 'x'],
        ['package/short.js', 'long'],
        ['././@LongLink', `package/b${long}\0`, 'L'],
        ['package/short.js', 'longer'],
        ['package/data.json', 'no'],
        ['package/setup.txt', 'any'],
        ['package/a.node', Buffer.from([0, 1])],
        ['package/binary', Buffer.from([127, 0])],
      ),
      {
        ...{
          'package.json': '{}',
          'lib/a.js': 'a',
          'binding.gyp': 'g',
          tool: '#!/bin/sh',
          'setup.txt': 'any',
        },
        [long]: 'long',
        [`b${long}`]: 'longer',
      },
    );
  });

  test('the later of two entries counts, as for package managers', async () => {
    assert.deepEqual(await unpacked(['package/a.js', 'honest'], ['package/a.js', 'evil']), {
      'a.js': 'evil',
    });
  });

  test('no links, and no path that leads out', async () => {
    assert.deepEqual(
      await unpacked(
        ['package/a.js', '', '2'],
        ['package/../../b.js', 'x'],
        ['c.js', 'x'],
        ['package/..\\d.js', 'x'],
      ),
      {},
    );
  });

  test('damaged ones are refused with a reason', async () => {
    await assert.rejects(unpackPackage(Buffer.from('PK')), { message: 'is not compressed with gzip' });
    await assert.rejects(unpackPackage(gzipSync(tarHeader('package/a.js', 5000))), {
      message: 'is not a whole tar archive',
    });
    await assert.rejects(unpackPackage(gzipSync(Buffer.alloc(257 * 1024 * 1024))), {
      message: 'has more than 256 MB',
    });
  });
});
