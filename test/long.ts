import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Tests that take too long for `npm test`: real package managers that install planted packages and packages with install
 * scripts, forty guarded installs, 100,000 changed lockfile entries, real lockfiles damaged at many places, thousands of
 * recorded requests over hostile projects, and bills of materials by the real npm. Each part prints its figures; the exit
 * code says whether all passed.
 */
const PARTS: readonly (readonly string[])[] = [
  ['test/attacks/run.ts'],
  ['test/scripts/run.ts'],
  ['test/scripts/defaults.ts'],
  ['test/guard/run.ts'],
  ['test/guard/hostile.ts'],
  ['test/evasions/run.ts', '--seed', '1', '--cases', '100000'],
  ['test/corpus/damage.ts', '--seed', '1', '--samples', '40'],
  ['test/leaks/run.ts'],
  ['test/sbom/run.ts'],
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
