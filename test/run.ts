import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import path from 'node:path';
import { runTests } from './run-tests.ts';

/**
 * The tests: `npm test` runs all, `npm run test:quick` skips the real editors, the corpus with its oracles and the real
 * registries, and `npm test -- <part...>` runs steps, folders, files, or every file whose path contains the text. Each
 * step is one line if it passes, and shows everything if it fails; the last line counts.
 */
const ROOT = path.resolve(import.meta.dirname, '..');
const QUICK = process.argv.includes('--quick');
const parts = process.argv.slice(2).filter((argument) => argument !== '--quick');

interface Counts {
  passed: number;
  failed: number;
  skipped?: number;
}

interface Step {
  readonly name: string;
  readonly files: string;
  readonly slow?: true;
  /** Whether the tests load the sources themselves, rather than the bundles in dist/. */
  readonly ofSources?: true;
  /** How many files share a process; 1 if omitted. */
  readonly together?: number;
  /** A folder whose own lockfile lists further dependencies of the tests, which are installed first. */
  readonly install?: string;
}

/** A step of few long files takes as long as the longest one, so small steps are one. */
const STEPS: readonly Step[] = [
  { name: 'unit', files: 'test/unit/**/*.test.ts', ofSources: true, together: 40 },
  { name: 'language server', files: 'test/lsp/**/*.test.ts' },
  { name: 'command line', files: 'test/cli/**/*.test.ts', together: 8 },
  {
    name: 'evasions, planted and labelled packages',
    files: 'test/{evasions,attacks,capabilities,capabilities-blind}/*.test.ts',
    ofSources: true,
  },
  { name: 'lockfile formats and demo', files: 'test/{formats,demo}/**/*.test.ts', ofSources: true },
  {
    name: 'corpus and changed lockfiles',
    files: 'test/{fuzz,corpus}/**/*.test.ts',
    slow: true,
    ofSources: true,
  },
  { name: 'oracles of lockfiles', files: 'test/oracles/*.test.ts', slow: true, install: 'test/oracles' },
  { name: 'requests', files: 'test/leaks/*.test.ts', slow: true },
  {
    name: 'registries',
    files: 'test/registry-servers/*.test.ts',
    slow: true,
    install: 'test/registry-servers',
  },
  { name: 'Neovim, Emacs and Helix', files: 'test/{neovim,emacs,helix}/**/*.test.ts', slow: true },
  { name: 'report page', files: 'test/page/*.test.ts', slow: true },
  { name: 'package', files: 'test/package/**/*.test.ts', slow: true },
];

const NOTHING: Counts = { passed: 0, failed: 0 };
const total = { passed: 0, failed: 0, skipped: 0 };

const inEditor = parts.length === 0 ? !QUICK : parts.some(isOfEditor);
const unknown = parts.find(
  (part) => !isOfEditor(part) && STEPS.every((each) => filesOf(each, part).length === 0),
);
if (unknown !== undefined) {
  const steps = [...STEPS.map(({ name }) => name), 'VS Code'].join(', ');
  console.error(
    `No step, folder or test file is called "${unknown}". Type a part of the path of a *.test.ts file, or one of the steps: ${steps}.`,
  );
  process.exit(2);
}

await step('build', () => command('node', ['server/tools/build.ts']));
if (parts.length === 0) {
  await step('types', () => command('tsc', ['-b']));
  await step('lint and format', () => command('biome', ['check', '--error-on-warnings']));
  await step('unused code', () => command('knip', ['--config', '.knip.jsonc']));
  await step('words', () => command('node', ['server/tools/prose.ts']));
  await step('generated files are current', () => command('node', ['server/tools/generate.ts', '--check']));
}
for (const each of STEPS) {
  if (parts.length === 0 && QUICK && each.slow === true) continue;
  const files =
    parts.length === 0
      ? filesOf(each, each.name)
      : [...new Set(parts.flatMap((part) => filesOf(each, part)))];
  if (parts.length > 0 && files.length === 0) continue;
  await step(each.name, () => testsOf(each, files));
}
if (inEditor) await step('VS Code', editor);
if (total.skipped > 0) console.log(`${total.skipped} skipped`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

/** Returns the files of a step that match a part of the tests. */
function filesOf({ name, files }: Step, part: string): readonly string[] {
  const all = globSync(files, { cwd: ROOT }).map((file) => file.replaceAll('\\', '/'));
  if (part === name) return all;
  const asked = path.relative(ROOT, path.resolve(process.env.INIT_CWD ?? ROOT, part)).replaceAll('\\', '/');
  return all.filter((file) => file === asked || file.startsWith(`${asked}/`) || file.includes(part));
}

function isOfEditor(part: string): boolean {
  return part === 'VS Code' || /^(?:\.\/)?test\/editor\b/.test(part);
}

async function testsOf(
  { files: pattern, install, ofSources, together }: Step,
  files: readonly string[],
): Promise<Counts> {
  if (files.length === 0) {
    console.log(`no test file matches ${pattern}`);
    return { passed: 0, failed: 1 };
  }
  const installed = install === undefined ? NOTHING : await command('node', ['test/install.ts', install]);
  if (installed.failed > 0) return installed;
  const counts = await (ofSources === true
    ? withCompileCache(() => tests(files, together))
    : tests(files, together));
  return { ...counts, passed: installed.passed + counts.passed };
}

async function step(name: string, work: () => Promise<Counts>): Promise<void> {
  const start = performance.now();
  const { passed, failed, skipped = 0 } = await work();
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${failed === 0 ? 'ok    ' : 'FAILED'} ${name}: ${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`} (${seconds} s)`,
  );
}

/** Runs a command as one test. Its output is shown only if it fails. */
async function command(program: string, args: readonly string[]): Promise<Counts> {
  const { code, output } = await capture(program, args);
  if (code !== 0) console.log(output);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function capture(program: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  const bin = path.join(ROOT, 'node_modules', '.bin');
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` };
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      env,
      shell: process.platform === 'win32',
      timeout: 1_200_000,
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', (error) => resolve({ code: 1, output: `${program}: ${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs test files and counts their tests (not their suites). */
async function tests(files: readonly string[], together = 1): Promise<Counts> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const reasons = new Set<string>();
  await runTests(files, together, ({ file, name, skip, failure }) => {
    if (failure !== undefined) {
      counts.failed++;
      console.log(`\n✖ ${path.relative(ROOT, file)}: ${name}\n${failure}`);
    } else if (skip === undefined) counts.passed++;
    else {
      counts.skipped++;
      if (typeof skip === 'string') reasons.add(skip);
    }
  });
  for (const reason of reasons) console.log(`skipped: ${reason}`);
  return counts;
}

/** Keeps compiled code, as hundreds of processes load the same sources. */
async function withCompileCache(work: () => Promise<Counts>): Promise<Counts> {
  process.env.NODE_COMPILE_CACHE = path.join(ROOT, 'node_modules', '.cache', 'compiled');
  try {
    return await work();
  } finally {
    // The product has a cache of its own.
    delete process.env.NODE_COMPILE_CACHE;
  }
}

/** Runs the real VS Code, which prints its own results and ends with the same line as this file. */
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
