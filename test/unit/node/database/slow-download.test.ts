import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { HttpPort } from '../../../../server/src/engine/ports.ts';
import { download } from '../../../../server/src/node/database/download.ts';

const folder = mkdtempSync(join(tmpdir(), 'download-'));
after(() => rmSync(folder, { recursive: true }));

const DETAIL = 'did not send all of it within 360 s';

/** Downloads from a server that sends that many bytes before each timeout, and returns the number of requests. */
function fetched(size: number, whole: number): Promise<number> {
  let asked = 0;
  const http: HttpPort = {
    async get({ headers, receiveBytes }) {
      asked++;
      const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
      const left = Math.min(size, whole - from);
      const head = {
        status: from === 0 ? 200 : 206,
        headers: new Map([
          ['etag', '"1"'],
          ['content-range', `bytes ${from}-${whole - 1}/${whole}`],
          ['content-length', String(whole - from)],
        ]),
      };
      receiveBytes!(head)(Buffer.alloc(left));
      if (from + left < whole) return { type: 'timeout', detail: DETAIL };
      return { type: 'answer', ...head, body: '' };
    },
  };
  const files = { part: join(folder, `${size}.part`), partNotes: join(folder, `${size}.json`) };
  const options = { url: 'https://dumps.example.test/all.zip', etag: undefined, signal: undefined };
  return download({ ...options, files, http, onProgress() {} }).then(() => asked);
}

test('a download that moves is gone on with, one that hardly does is given up with the reason', async () => {
  assert.equal(await fetched(2_000_000, 5_000_000), 3);
  await assert.rejects(fetched(1_000, 5_000_000), { message: `dumps.example.test ${DETAIL}.` });
});
