import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { openIndex } from '../../../../server/src/core/know/advisory/open-index.ts';
import { buildFrom } from '../../../../server/src/node/database/build-from.ts';
import { type DatabaseFiles, databaseFiles } from '../../../../server/src/node/database/database-files.ts';
import { readNotes } from '../../../../server/src/node/database/database-notes.ts';
import { updateDatabase } from '../../../../server/src/node/database/update-database.ts';
import { createUndiciHttp, type UndiciHttp } from '../../../../server/src/node/http/undici-http.ts';
import { type LoopbackServer, startServer } from '../../know/registry/loopback-server.ts';
import { FIRST, record, SECOND } from './records.ts';
import { zipOf } from './zip-of.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const DUMP = zipOf(
  {
    [`${FIRST}.json`]: JSON.stringify(record(FIRST)),
    [`${SECOND}.json`]: JSON.stringify({ ...record(SECOND), details: 'x'.repeat(100_000) }),
  },
  { stored: true },
);

describe('the local database', () => {
  let files: DatabaseFiles;
  let http: UndiciHttp;
  let server: LoopbackServer | undefined;
  let answer: (request: { headers: Readonly<Record<string, string>> }, response: ServerResponse) => void;
  let etag = '"1"';

  beforeEach(async () => {
    files = databaseFiles(mkdtempSync(join(tmpdir(), 'database-')));
    http = createUndiciHttp({ userAgent: 'dephygiene/0.1.0', environment: {} });
    etag = '"1"';
    answer = whole;
    server = await startServer((request, response) => answer(request, response));
  });
  afterEach(async () => {
    await http.dispose();
    await server?.close();
    rmSync(files.directory, { recursive: true });
  });

  /** Responds as object stores do: ranges, entity tags, conditions. */
  const whole: typeof answer = ({ headers }, response) => {
    if (headers['if-none-match'] === etag) return response.writeHead(304, { etag }).end();
    const start = /^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1];
    if (start === undefined || headers['if-range'] !== etag)
      return response.writeHead(200, { etag, 'content-length': DUMP.length }).end(DUMP);
    const from = Number(start);
    if (from >= DUMP.length)
      return response.writeHead(416, { 'content-range': `bytes */${DUMP.length}` }).end();
    const range = `bytes ${from}-${DUMP.length - 1}/${DUMP.length}`;
    return response
      .writeHead(206, { etag, 'content-range': range, 'content-length': DUMP.length - from })
      .end(DUMP.subarray(from));
  };
  const breakOffAfter =
    (bytes: number, more: Record<string, string> = { etag: '"1"' }): typeof answer =>
    (_, response) => {
      response.writeHead(200, { ...more, 'content-length': DUMP.length });
      response.write(DUMP.subarray(0, bytes), () => setImmediate(() => response.destroy()));
    };

  const update = (from: string, more: { readonly signal?: AbortSignal; readonly seen?: string[] } = {}) =>
    updateDatabase({
      from,
      files,
      http,
      now: () => NOW,
      progress: (message) => void more.seen?.push(message),
      signal: more.signal,
    });
  const dump = () => `${server!.url}npm/all.zip`;
  const write = (name: string, content: string | Uint8Array) => {
    const path = join(files.directory, name);
    writeFileSync(path, content);
    return path;
  };
  const known = () => {
    const result = openIndex(readFileSync(files.index), 'database');
    assert.ok('index' in result);
    return result.index.of('it').map(({ id }) => id);
  };
  const ranges = () => server!.seen.map(({ headers }) => headers.range);

  test('is fetched, for this user alone, and leaves nothing else behind', async () => {
    const seen: string[] = [];
    const done = await update(dump(), { seen });
    assert.deepEqual(done, {
      type: 'updated',
      asOf: Date.parse('2026-11-20'),
      records: 2,
      packages: 1,
      unread: 0,
    });
    assert.deepEqual(known().sort(), [FIRST, SECOND]);
    assert.deepEqual(readdirSync(files.directory).sort(), ['advisories.index', 'advisories.json']);
    if (process.platform !== 'win32') assert.equal(statSync(files.index).mode & 0o777, 0o600);
    const notes = await readNotes(files.notes);
    assert.deepEqual(notes, { from: dump(), etag: '"1"', updatedAt: NOW, checkedAt: NOW });
    assert.deepEqual([...new Set(seen)], ['Downloading advisories, MB:', 'Reading records:']);
    const { headers } = server!.seen[0]!;
    assert.equal(headers['accept-encoding'], 'identity');
    assert.doesNotMatch(JSON.stringify(headers), /shop|lodash/);
  });

  test('is not fetched again while its source has the same', async () => {
    await update(dump());
    const before = statSync(files.index).mtimeMs;
    assert.equal((await update(dump())).type, 'unchanged');
    assert.equal(server!.seen.at(-1)!.headers['if-none-match'], '"1"');
    assert.equal(statSync(files.index).mtimeMs, before);
    etag = '"2"';
    assert.equal((await update(dump())).type, 'updated');
  });

  test('is gone on with where the connection broke off', async () => {
    answer = breakOffAfter(20_000);
    const closing = update(dump()).catch((error: unknown) => error);
    await untilSeen(2);
    answer = whole;
    await closing;
    assert.deepEqual(known().sort(), [FIRST, SECOND]);
    assert.equal(ranges()[0], undefined);
    assert.ok(ranges().some((range) => range !== undefined));
  });

  test('is gone on with the next time', async () => {
    answer = breakOffAfter(20_000);
    const stop = new AbortController();
    const stopped = update(dump(), { signal: stop.signal });
    await untilSeen(2);
    stop.abort();
    await assert.rejects(stopped, { name: 'AbortError' });
    assert.ok(!existsSync(files.index) && !existsSync(files.lock));
    const there = statSync(files.part).size;
    assert.ok(there > 0);
    answer = whole;
    const from = server!.seen.length;
    await update(dump());
    assert.deepEqual(ranges().slice(from), [`bytes=${there}-`]);
    assert.deepEqual(known().sort(), [FIRST, SECOND]);
  });

  test('begins anew where there is another file now, or nobody can tell', async () => {
    for (const tag of [{ etag: '"old"' }, { etag: 'W/"1"' }, {}]) {
      writeFileSync(files.part, 'something else entirely');
      answer = breakOffAfter(20_000, tag as Record<string, string>);
      const first = update(dump()).catch((error: unknown) => error);
      await untilSeen(server!.seen.length + 2);
      answer = whole;
      await first;
      assert.deepEqual(known().sort(), [FIRST, SECOND]);
      rmSync(files.index);
    }
  });

  test('is made of a download that was complete already', async () => {
    writeFileSync(files.part, DUMP);
    writeFileSync(files.partNotes, JSON.stringify({ url: dump(), etag: '"1"' }));
    await update(dump());
    assert.deepEqual(ranges(), [`bytes=${DUMP.length}-`]);
    assert.deepEqual(known().sort(), [FIRST, SECOND]);
  });

  for (const [label, broken, problem] of [
    ['is missing', (_, response) => response.writeHead(404).end(), /answered with status 404/],
    [
      'sends a page',
      (_, response) => response.end('<html>Sign in</html>'),
      /has no advisories on npm packages/,
    ],
    [
      'sends half a dump as if it were whole',
      (_, response) => response.end(DUMP.subarray(0, 5_000)),
      /not a readable zip file/,
    ],
  ] as [string, typeof answer, RegExp][]) {
    test(`stays as it was where its source ${label}, and nothing of that is gone on with`, async () => {
      await update(write('first.json', JSON.stringify(record(FIRST))));
      answer = broken;
      await assert.rejects(update(dump()), problem);
      assert.deepEqual(known(), [FIRST]);
      assert.ok(!existsSync(files.lock));
      answer = whole;
      await update(dump());
      assert.deepEqual(known().sort(), [FIRST, SECOND]);
    });
  }

  test('stays where the new one is older, or much smaller', async () => {
    await update(dump());
    const older = write('older.json', JSON.stringify([record(FIRST, { modified: '2026-11-19T00:00:00Z' })]));
    await assert.rejects(
      update(older),
      /older\.json is of 19 Nov 2026, older than the database, which is of 20 Nov 2026 and stays as it is\.$/,
    );
    const many = Array.from({ length: 5 }, (_, at) => record(`X-${at}`));
    await update(write('many.json', JSON.stringify(many)));
    await assert.rejects(
      update(write('few.json', JSON.stringify(many.slice(0, 2)))),
      /few\.json has 2 records where the database has 5 records: most is missing/,
    );
    assert.equal(known().length, 5);
  });

  test('takes what "db build" made, if it is whole', async () => {
    const { bytes } = await buildFrom([write('all.zip', DUMP)], {
      now: NOW,
      onProgress: () => undefined,
      signal: undefined,
    });
    await update(write('all.index', bytes));
    assert.deepEqual(known().sort(), [FIRST, SECOND]);
    const damaged = Buffer.from(bytes);
    damaged[damaged.length - 1]! ^= 1;
    await assert.rejects(update(write('damaged.index', damaged)), /cannot be used: it is damaged\.$/);
    assert.deepEqual(known().sort(), [FIRST, SECOND]);
  });

  test('is updated by one program at a time, but for one that was killed', async () => {
    writeFileSync(files.lock, String(process.pid));
    await assert.rejects(update(dump()), /Another update of the database is under way/);
    assert.ok(existsSync(files.lock), 'it is not ours to take away');
    writeFileSync(files.lock, '4194304999');
    await update(dump());
    assert.ok(!existsSync(files.lock));
  });

  test('comes over https, or from this machine', async () => {
    await assert.rejects(update('http://dump.example.test/all.zip'), /not encrypted; give an https URL/);
  });

  async function untilSeen(count: number): Promise<void> {
    while (server!.seen.length < count) await new Promise((resolve) => setImmediate(resolve));
  }
});
