import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';

describe('a packument of 50 MB', () => {
  test('is read in a process that could not hold it', () => {
    const script = join(import.meta.dirname, 'huge-process.ts');
    const printed = execFileSync(process.execPath, ['--max-old-space-size=40', script], { encoding: 'utf8' });
    const { length, versions, last } = JSON.parse(printed) as Record<string, unknown>;
    assert.ok(Number(length) > 50_000_000);
    assert.deepEqual({ versions, last }, { versions: 3_000, last: [['a', '^1.2999.0']] });
  });
});
