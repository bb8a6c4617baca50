import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readTarball } from '../../../../server/src/engine/inspect/read-tarball.ts';
import { tarHeader } from '../../../tar-header.ts';

function entry(name: string, content: string | Buffer, type = '0'): Buffer {
  const bytes = Buffer.from(content);
  const header = tarHeader(name, bytes.length);
  header.write(type, 156);
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

function tarball(...entries: readonly Buffer[]): Buffer {
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)]));
}

describe('reading a tarball', () => {
  test('gives sources, scripts and manifests, without the first folder', async () => {
    const code = await readTarball(
      tarball(
        entry('package/package.json', '{}'),
        entry('other/lib/a.js', 'a()'),
        entry('package/logo.png', 'x'),
      ),
    );
    assert.deepEqual(
      [...code!.files],
      [
        ['package.json', '{}'],
        ['lib/a.js', 'a()'],
      ],
    );
  });

  test('reads long names of both kinds', async () => {
    const name = `package/${'a/'.repeat(80)}b.js`;
    const record = `path=${name}\n`;
    const length = record.length + 1 + String(record.length + 4).length;
    const code = await readTarball(
      tarball(
        entry('pax', `${length} ${record}`, 'x'),
        entry('short.js', '1'),
        entry('././@LongLink', `${name}2.js\0`, 'L'),
        entry('short.js', '2'),
      ),
    );
    assert.deepEqual([...code!.files.values()], ['1', '2']);
    assert.ok([...code!.files.keys()].every((path) => path.startsWith('a/a/')));
  });

  test('takes programs for programs, whatever their names, and follows no links or paths upwards', async () => {
    const code = await readTarball(
      tarball(
        entry('package/tools/setup', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 1])),
        entry('package/link.js', '', '2'),
        entry('package/../up.js', 'x'),
      ),
    );
    assert.deepEqual([code!.binaries, [...code!.files]], [['tools/setup'], []]);
  });

  test('is undefined for anything else', async () => {
    for (const bytes of [Buffer.from('not packed'), gzipSync('no archive'), Buffer.alloc(0)])
      assert.equal(await readTarball(bytes), undefined);
  });

  test('reads what came of a file that was cut off', async () => {
    const whole = Buffer.concat([
      entry('package/a.js', 'a()'),
      entry('package/b.js', 'b()').subarray(0, 512),
    ]);
    assert.deepEqual([...(await readTarball(gzipSync(whole)))!.files.keys()], ['a.js', 'b.js']);
  });
});
