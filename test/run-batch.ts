import { openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { run } from 'node:test';
import { endedTest, GRACE_MS, LAST_LINE } from './ended-test.ts';

/**
 * Runs test files in this process, and appends each test that ended to a file, as a line of JSON.
 *
 *     node test/run-batch.ts <file for the lines> <limit of a test in ms> <test file…>
 *
 * Not by node's options for its reporter: threads inherit these, and would write to the same file.
 */
const [lines = '', timeout = '', ...files] = process.argv.slice(2);
/** Opened at once: tests take their own rights to files away for a while. */
const output = openSync(lines, 'w');
const stream = run({
  files: files.map((file) => path.resolve(file)),
  isolation: 'none',
  timeout: Number(timeout),
});
for await (const event of stream) {
  const ended = endedTest(event);
  if (ended !== undefined) writeSync(output, `${JSON.stringify(ended)}\n`);
}
writeSync(output, `${LAST_LINE}\n`);
// Not by a hook, as in end-leftovers.ts: it would be called before the first file.
setTimeout(() => process.exit(process.exitCode), GRACE_MS).unref();
