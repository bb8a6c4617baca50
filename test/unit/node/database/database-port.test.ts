import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { openIndex } from '../../../../server/src/core/know/advisory/open-index.ts';
import type { DatabasePort } from '../../../../server/src/engine/ports.ts';
import { createAbortSource } from '../../../../server/src/engine/registry/abort-source.ts';
import { databaseFiles } from '../../../../server/src/node/database/database-files.ts';
import { createDatabasePort } from '../../../../server/src/node/database-port.ts';
import { startServer } from '../../know/registry/loopback-server.ts';
import { FIRST, record } from './records.ts';

describe('the database as the engine sees it', () => {
  let folder: string;
  let port: DatabasePort;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'database-'));
    port = createDatabasePort(databaseFiles(folder), { userAgent: 'dephygiene/0.1.0', now: Date.now });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const update = (from: string, signal = createAbortSource().signal) =>
    port.update({ from, onProgress: () => undefined, signal });

  test('is updated in a thread, and is another one then', async () => {
    const path = join(folder, 'records.json');
    writeFileSync(path, JSON.stringify(record(FIRST)));
    assert.deepEqual([port.stamp(), port.read(), await port.checkedAt()], [undefined, undefined, undefined]);
    const before = Date.now();
    const done = await update(path);
    assert.deepEqual(done, { type: 'updated', asOf: Date.parse('2026-11-20'), records: 1, packages: 1 });
    assert.ok(port.stamp() !== undefined);
    assert.ok((await port.checkedAt())! >= before);
    const opened = openIndex(port.read()!, 'database');
    assert.ok('index' in opened && opened.index.of('it').length === 1);
  });

  test('says why it was not, and leaves no lock behind', async () => {
    const missing = join(folder, 'missing.json');
    assert.deepEqual(await update(missing), { type: 'failed', message: `${missing} does not exist.` });
    assert.equal((await update('records.json')).type, 'failed', 'nobody knows from where that is');
    const server = await startServer((_, response) => response.writeHead(503).end());
    const done = await update(`${server.url}all.zip`);
    await server.close();
    assert.deepEqual(done, {
      type: 'failed',
      message: `${new URL(server.url).host} answered with status 503.`,
    });
    assert.ok(!existsSync(databaseFiles(folder).lock));
  });

  test('stops when nobody wants it any more', async () => {
    const stop = createAbortSource();
    const server = await startServer((_, response) => {
      response.writeHead(200, { 'content-length': '1000000' }).write('PK');
      stop.abort();
    });
    const done = await update(`${server.url}all.zip`, stop.signal);
    assert.deepEqual(done, { type: 'cancelled' });
    assert.ok(!existsSync(databaseFiles(folder).lock));
    await server.close();
    assert.deepEqual(await update(`${server.url}all.zip`, stop.signal), { type: 'cancelled' });
  });
});
