import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const ENGINE = path.resolve(import.meta.dirname, '../../../server/src/engine/projects');

test('the search for projects reads manifests and settings through their structure alone', () => {
  for (const file of ['find-root.ts', 'discover.ts', 'folder-walk.ts', 'manager-files.ts']) {
    const text = readFileSync(path.join(ENGINE, file), 'utf8');
    assert.ok(!/\.(?:parsed|textOf|peek)\(/.test(text), `${file} is to read models through structure.ts`);
  }
});
