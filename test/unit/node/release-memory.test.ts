import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

const MODULE = join(import.meta.dirname, '../../../server/src/node/release-memory.ts');

/** Declares `many`, far above the limit of a release, the function to be tested, and two that give figures. */
const START = `
  import { createMemoryRelease } from ${JSON.stringify(MODULE)};
  const release = createMemoryRelease();
  const resident = () => process.memoryUsage.rss() / 2 ** 20;
  const print = (figures) => console.log(JSON.stringify(figures));
  let many = Array.from({ length: 6e6 }, (_, at) => ({ at, list: [at] }));
`;

test('memory of freed objects is given back, and nothing is done while little was added', () => {
  const { full, after, calls } = run(`
    const full = resident();
    many = undefined;
    release();
    const after = resident();
    let calls = 0;
    globalThis.gc = () => { calls++; };
    release();
    print({ full, after, calls });
  `);
  assert.ok(full! > 256, `${full} MiB`);
  assert.ok(after! < full! / 2, `${after} of ${full} MiB`);
  assert.equal(calls, 0);
});

test('memory is given back when much of it was freed since, without any having been added', () => {
  const { kept, after, calls } = run(
    `
    release();
    const kept = resident();
    many.length;
    many = undefined;
    gc();
    release();
    const after = resident();
    let calls = 0;
    globalThis.gc = () => { calls++; };
    release();
    print({ kept, after, calls });
  `,
    '--expose-gc',
  );
  assert.ok(after! < kept! / 2, `${after} of ${kept} MiB`);
  assert.equal(calls, 0);
});

/** Returns what a program prints in a process of its own. */
function run(program: string, ...flags: readonly string[]): Record<string, number> {
  const options = [...flags, '--input-type=module', '--eval', START + program];
  return JSON.parse(execFileSync(process.execPath, options, { encoding: 'utf8' })) as Record<string, number>;
}
