import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

const MODULE = join(import.meta.dirname, '../../../server/src/node/release-memory.ts');

/** Prints the resident memory in MiB with many objects, after they are collected, and after it is released twice. */
const PROGRAM = `
  import { createMemoryRelease } from ${JSON.stringify(MODULE)};
  const release = createMemoryRelease();
  const resident = () => process.memoryUsage.rss() / 2 ** 20;
  let many = Array.from({ length: 3e6 }, (_, at) => ({ at, list: [at] }));
  const full = resident();
  many = undefined;
  release();
  const after = resident();
  let calls = 0;
  globalThis.gc = () => { calls++; };
  release();
  console.log(JSON.stringify({ full, after, calls }));
`;

test('memory of freed objects is given back, and nothing is done while little was added', () => {
  const out = execFileSync(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    encoding: 'utf8',
  });
  const { full, after, calls } = JSON.parse(out) as { full: number; after: number; calls: number };
  assert.ok(full > 256, `${full} MiB`);
  assert.ok(after < full / 2, `${after} of ${full} MiB`);
  assert.equal(calls, 0);
});
