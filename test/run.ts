import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import path from 'node:path';
import { run } from 'node:test';

/**
 * The whole test suite: `node test/run.ts` does everything, `--quick` leaves out the
 * real editors, the corpus with its oracles, and the real registries. Each step is one
 * line while it runs well, and everything it has to say where it fails; the last line counts.
 */
const ROOT = path.resolve(import.meta.dirname, '..');
const QUICK = process.argv.includes('--quick');

interface Counts {
  passed: number;
  failed: number;
}

const total: Counts = { passed: 0, failed: 0 };

await step('build', () => command('node', ['server/tools/build.ts']));
await step('types', () => command('tsc', ['-b']));
await step('lint and format', () => command('biome', ['check', '--error-on-warnings']));
await step('generated files are current', () => command('node', ['server/tools/generate.ts', '--check']));
await step('unit', () => ofSources('test/unit/**/*.test.ts'));
await step('language server', () => tests('test/lsp/**/*.test.ts'));
await step('command line', () => tests('test/cli/**/*.test.ts'));
await step('evasions', () => ofSources('test/evasions/*.test.ts'));
await step('planted packages', () => ofSources('test/attacks/*.test.ts'));
await step('rules in each lockfile format', () => ofSources('test/formats/*.test.ts'));
await step('demo', () => ofSources('test/demo/**/*.test.ts'));
if (!QUICK) {
  await step('corpus', () => ofSources('test/corpus/**/*.test.ts'));
  await step('changed lockfiles', () => ofSources('test/fuzz/**/*.test.ts'));
  await step('oracles of lockfiles', () => testsWithInstall('test/oracles'));
  await step('requests', () => tests('test/leaks/*.test.ts'));
  await step('registries', () => testsWithInstall('test/registry-servers'));
  await step('Neovim', () => tests('test/neovim/**/*.test.ts'));
  await step('package', () => tests('test/package/**/*.test.ts'));
  await step('VS Code', editor);
}

console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

async function step(name: string, work: () => Promise<Counts>): Promise<void> {
  const start = performance.now();
  const { passed, failed } = await work();
  total.passed += passed;
  total.failed += failed;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${failed === 0 ? 'ok    ' : 'FAILED'} ${name}: ${passed} passed, ${failed} failed (${seconds} s)`,
  );
}

/** One command counts as one test. Its output is shown only where it fails. */
async function command(program: string, args: readonly string[]): Promise<Counts> {
  const { code, output } = await capture(program, args);
  if (code !== 0) console.log(output);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function capture(program: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  const bin = path.join(ROOT, 'node_modules', '.bin');
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` };
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, env, shell: process.platform === 'win32' });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', (error) => resolve({ code: 1, output: `${program}: ${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs test files with node's own runner, each in its process, and counts their tests (not their suites). */
async function tests(pattern: string): Promise<Counts> {
  const files = globSync(pattern, { cwd: ROOT }).map((file) => path.join(ROOT, file));
  if (files.length === 0) {
    console.log(`no test file matches ${pattern}`);
    return { passed: 0, failed: 1 };
  }
  const counts: Counts = { passed: 0, failed: 0 };
  const stream = run({ files, concurrency: 2, timeout: 300_000 });
  stream.on('test:pass', (event) => {
    if (event.details.type !== 'suite') counts.passed++;
  });
  stream.on('test:fail', (event) => {
    const { error, type } = event.details;
    const causedByChild = (error as { failureType?: string }).failureType === 'subtestsFailed';
    if (type === 'suite' || causedByChild) return;
    counts.failed++;
    console.log(
      `\n✖ ${path.relative(ROOT, event.file ?? '')}: ${event.name}\n${error.cause instanceof Error ? error.cause.stack : error}`,
    );
  });
  stream.on('test:stderr', (event) => process.stderr.write(event.message));
  for await (const event of stream) void event;
  return counts;
}

/** Tests that load the sources themselves: hundreds of processes do, so what each would compile anew is kept. */
async function ofSources(pattern: string): Promise<Counts> {
  process.env.NODE_COMPILE_CACHE = path.join(ROOT, 'node_modules', '.cache', 'compiled');
  try {
    return await tests(pattern);
  } finally {
    // The product has a cache of its own.
    delete process.env.NODE_COMPILE_CACHE;
  }
}

/** What the tests of a folder need beside the project is installed first, by the folder's own lockfile. */
async function testsWithInstall(folder: string): Promise<Counts> {
  const installed = await command('node', ['test/install.ts', folder]);
  if (installed.failed > 0) return installed;
  const { passed, failed } = await tests(`${folder}/*.test.ts`);
  return { passed: installed.passed + passed, failed };
}

/** The real VS Code prints its own results and closes with the same line as this file. */
async function editor(): Promise<Counts> {
  const { code, output } = await capture('node', ['test/editor/run.ts']);
  const match = /^(\d+) passed, (\d+) failed$/m.exec(output);
  const counts = { passed: Number(match?.[1] ?? 0), failed: Number(match?.[2] ?? 0) };
  if (code !== 0 || match === null) {
    console.log(output);
    if (counts.failed === 0) counts.failed = 1;
  }
  return counts;
}
