import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readRecords } from '../../../../server/src/core/know/monitored/read-records.ts';
import { RecordFile } from '../../../../server/src/node/monitor/record-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'record-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('a record that is full says that there is more', () => {
  const file = new RecordFile(folder, () => []);
  const line = { reads: ['x'.repeat(6_000_000)] };
  for (let times = 0; times < 6; times++) file.append(line);
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  assert.equal(texts.length, 1);
  assert.ok(texts[0]!.length < 25_000_000);
  assert.equal(readRecords(texts).damaged, 1);
});
