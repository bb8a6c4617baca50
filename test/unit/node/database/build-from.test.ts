import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { buildFrom } from '../../../../server/src/node/database/build-from.ts';
import { FIRST, record, SECOND } from './records.ts';
import { zipOf } from './zip-of.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');

describe('a database is built', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'database-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const write = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const build = (...paths: readonly string[]) => {
    const options = { now: NOW, onProgress: () => undefined, signal: undefined };
    return buildFrom(paths, options);
  };
  const ids = async (...paths: readonly string[]) =>
    (await build(...paths)).index
      .of('it')
      .map(({ id }) => id)
      .sort();

  const both = [record(FIRST), record(SECOND)];
  const lines = both.map((each) => `${JSON.stringify(each)}\n`).join('');
  const files = { [`${FIRST}.json`]: JSON.stringify(both[0]), [`${SECOND}.json`]: JSON.stringify(both[1]) };

  for (const [name, content] of Object.entries({
    'lines.ndjson': lines,
    'windows.ndjson': lines.replaceAll('\n', '\r\n'),
    'lines.ndjson.gz': gzipSync(lines),
    'list.json': JSON.stringify(both),
    'pretty.json': JSON.stringify(both, undefined, 2),
    'pretty.json.gz': gzipSync(JSON.stringify(both, undefined, 2)),
    'all.zip': zipOf({ ...files, 'README.md': 'no record' }),
    'stored.zip': zipOf(files, { stored: true }),
    'without-an-extension': zipOf(files),
  })) {
    test(`of ${name}`, async () => {
      assert.deepEqual(await ids(write(name, content)), [FIRST, SECOND]);
    });
  }

  test('of a folder with folders, and of several paths', async () => {
    mkdirSync(join(folder, 'some/deeper'), { recursive: true });
    write('some/a.json', JSON.stringify(both[0]));
    write('some/deeper/b.json', JSON.stringify(both[1]));
    write('some/notes.txt', 'no record');
    assert.deepEqual(await ids(join(folder, 'some')), [FIRST, SECOND]);
    assert.deepEqual(await ids(join(folder, 'some/a.json'), join(folder, 'some/deeper')), [FIRST, SECOND]);
  });

  test('of the day of its newest record, without believing the future', async () => {
    const records = [
      record(FIRST, { modified: '2026-11-20T23:00:00Z' }),
      record(SECOND, { modified: '2099-01-01T00:00:00Z' }),
    ];
    const { index } = await build(write('future.json', JSON.stringify(records)));
    assert.deepEqual([index.asOf, index.records, index.packages], [Date.parse('2026-11-20'), 2, 1]);
  });

  test('without what was taken back, which it remembers', async () => {
    const records = [record(FIRST, { withdrawn: '2026-11-01T00:00:00Z' }), record(SECOND)];
    const { index } = await build(write('withdrawn.json', JSON.stringify(records)));
    assert.deepEqual(
      index.of('it').map(({ id }) => id),
      [SECOND],
    );
    assert.deepEqual([index.isWithdrawn(FIRST), index.isWithdrawn(SECOND)], [true, false]);
  });

  test('of what can be read, and what cannot is counted', async () => {
    const odd = ['{"id":', 'null', '7', '{}', JSON.stringify({ id: 'X-1', affected: 'all' })];
    const { index, unread } = await build(
      write('odd.ndjson', `${JSON.stringify(both[0])}\n${odd.join('\n')}\n`),
    );
    assert.deepEqual([index.records, unread], [6, 5]);
    assert.equal(index.of('it').length, 1);
  });

  for (const [label, content, problem] of [
    ['nothing', '', /has no advisories on npm packages/],
    ['no record', '{"name":"shop"}', /has no advisories on npm packages/],
    ['half a zip', zipOf(files).subarray(0, 200), /not a readable zip file/],
    ['a zip that lies about sizes', zipOf(files, { wrong: 'size' }), /\.json in \S+ is damaged/],
    ['a zip with another checksum', zipOf(files, { wrong: 'checksum' }), /\.json in \S+ is damaged/],
    ['half of a packed file', gzipSync(lines).subarray(0, 100), /cannot be read to its end/],
    [
      'a line without an end',
      gzipSync(Buffer.alloc(300_000_000, 32)),
      /bad is one document of more than 256 MB/,
    ],
    [
      'a line without an end behind others',
      gzipSync(Buffer.concat([Buffer.from(lines), Buffer.alloc(20_000_000, 32)])),
      /bad has a line of over 16 MB; give one record on each line/,
    ],
  ] as const) {
    test(`but not of ${label}`, async () => {
      await assert.rejects(build(write('bad', content)), problem);
    });
  }

  test('but not of what is not there', async () => {
    await assert.rejects(build(join(folder, 'missing')), /missing does not exist/);
  });
});
