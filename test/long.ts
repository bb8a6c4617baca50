import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Tests that take too long for `npm test`, with real package managers and editors, or over all of the corpus. The first
 * comment of each file says what it tests. Each prints its figures; the exit code says whether all passed.
 */
const PARTS: readonly (readonly string[])[] = [
  ['test/attacks/run.ts'],
  ['test/scripts/run.ts'],
  ['test/scripts/defaults.ts'],
  ['test/scripts/settings.ts'],
  ['test/scripts/member-npmrc.ts'],
  ['test/guard/run.ts'],
  ['test/guard/hostile.ts'],
  ['test/evasions/run.ts', '--seed', '1', '--cases', '100000'],
  ['test/corpus/damage.ts', '--seed', '1', '--samples', '40'],
  ['test/leaks/run.ts'],
  ['test/growth/run.ts'],
  ['test/installed/run.ts'],
  ['test/page/run.ts'],
  ['test/sbom/run.ts'],
  ['test/incident/run.ts', '--write'],
  ['test/inventory/run.ts'],
  ['test/editor/run.ts', '--themes'],
];

for (const [file, ...args] of PARTS) {
  if (!existsSync(path.join(import.meta.dirname, '..', file!))) continue;
  console.log(`\n${file} ${args.join(' ')}`);
  const code = await run([file!, ...args]);
  if (code !== 0) process.exitCode = 1;
}

function run(args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit' });
    child.on('close', (code) => resolve(code ?? 1));
  });
}
