import { globSync } from 'node:fs';
import path from 'node:path';
import type { EndedTest } from './ended-test.ts';
import { endChildrenWithThisProcess, startChild } from './own-children.ts';
import { runTests } from './run-tests.ts';
import { type Counts, type Course, Steps } from './steps.ts';

/**
 * The tests: `npm test` runs all, `npm run test:quick` skips the real editors, the corpus with its oracles and the real
 * registries, and `npm test -- <part...>` runs steps, folders, files, or every file whose path contains the text. Each
 * step is one line if it passes, and shows everything if it fails; the last line counts. Steps run beside each other, and
 * each is printed as a whole once it ends.
 */
const ROOT = path.resolve(import.meta.dirname, '..');
const QUICK = process.argv.includes('--quick');
const parts = process.argv.slice(2).filter((argument) => argument !== '--quick');

/** One more than CI has processors, as tests of editors and servers wait for much of their time. */
const PROCESSES = 3;
/** Above the limit that the tests of the editor have for themselves. */
const COMMAND_LIMIT_MS = 3_000_000;

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

const inEditor = parts.length === 0 ? !QUICK : parts.some(isOfEditor);
const unknown = parts.find(
  (part) => !isOfEditor(part) && STEPS.every((each) => filesOf(each, part).length === 0),
);
if (unknown !== undefined) {
  const names = [...STEPS.map(({ name }) => name), 'VS Code'].join(', ');
  console.error(
    `No step, folder or test file is called "${unknown}". Type a part of the path of a *.test.ts file, or one of the steps: ${names}.`,
  );
  process.exit(2);
}

endChildrenWithThisProcess();
const steps = new Steps(PROCESSES);
await steps.run('build', command('node', ['server/tools/build.ts']));
// The real editor takes the longest, and waits for much of it: it starts first.
const all = inEditor ? [steps.run('VS Code', editor)] : [];
if (parts.length === 0) {
  all.push(
    steps.run('types', command('tsc', ['-b'])),
    steps.run('lint and format', command('biome', ['check', '--error-on-warnings'])),
    steps.run('unused code', command('knip', ['--config', '.knip.jsonc'])),
    steps.run('words', command('node', ['server/tools/prose.ts'])),
    steps.run('generated files are current', command('node', ['server/tools/generate.ts', '--check'])),
  );
}
for (const each of STEPS) {
  if (parts.length === 0 && QUICK && each.slow === true) continue;
  const files =
    parts.length === 0
      ? filesOf(each, each.name)
      : [...new Set(parts.flatMap((part) => filesOf(each, part)))];
  if (parts.length > 0 && files.length === 0) continue;
  all.push(steps.run(each.name, (course) => testsOf(each, files, course)));
}
await Promise.all(all);
process.exit(steps.end() ? 0 : 1);

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
  course: Course,
): Promise<Counts> {
  if (files.length === 0) {
    course.print(`no test file matches ${pattern}\n`);
    return { passed: 0, failed: 1 };
  }
  const installed =
    install === undefined ? NOTHING : await command('node', ['test/install.ts', install])(course);
  if (installed.failed > 0) return installed;
  // Hundreds of processes load the same sources. The product has a cache of its own.
  const cache = { NODE_COMPILE_CACHE: path.join(ROOT, 'node_modules', '.cache', 'compiled') };
  const env = { ...process.env, ...(ofSources === true ? cache : {}) };
  const counts = await tests(files, together, env, course);
  return { ...counts, passed: installed.passed + counts.passed };
}

/** Returns the work of running a command as one test. Its output is shown only if it fails. */
function command(program: string, args: readonly string[]): (course: Course) => Promise<Counts> {
  return async (course) => {
    const { isEnded, output } = await capture(program, args, course);
    if (!isEnded) course.print(`${output}\n`);
    return isEnded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  };
}

/** Runs a command in turn; returns its output, with how it ended if that was not by code 0. */
async function capture(
  program: string,
  args: readonly string[],
  { inTurn }: Course,
): Promise<{ isEnded: boolean; output: string }> {
  const bin = path.join(ROOT, 'node_modules', '.bin');
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` };
  let output = '';
  const onOutput = (text: string) => {
    output += text;
  };
  const how = await inTurn(() =>
    startChild(program, args, {
      cwd: ROOT,
      env,
      shell: process.platform === 'win32',
      limit: COMMAND_LIMIT_MS,
      onOutput,
      onErrors: onOutput,
    }),
  );
  return how === '0'
    ? { isEnded: true, output }
    : { isEnded: false, output: `${output}${program} ended with ${how}` };
}

/** Runs test files and counts their tests (not their suites). */
async function tests(
  files: readonly string[],
  together: number | undefined,
  env: NodeJS.ProcessEnv,
  { print, inTurn }: Course,
): Promise<Counts> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const reasons = new Set<string>();
  const report = ({ file, name, skip, failure }: EndedTest) => {
    if (failure !== undefined) {
      counts.failed++;
      print(`\n✖ ${path.relative(ROOT, file)}: ${name}\n${failure}\n`);
    } else if (skip === undefined) counts.passed++;
    else {
      counts.skipped++;
      if (typeof skip === 'string') reasons.add(skip);
    }
  };
  await runTests(files, together ?? 1, { env, inTurn, report, print });
  for (const reason of reasons) print(`skipped: ${reason}\n`);
  return counts;
}

/** Runs the real VS Code, which prints its own results and ends with the same line as this file; all of it if asked by name. */
async function editor(course: Course): Promise<Counts> {
  const { isEnded, output } = await capture(
    'node',
    ['test/editor/run.ts', ...(parts.length === 0 ? ['--short'] : [])],
    course,
  );
  const match = /^(\d+) passed, (\d+) failed$/m.exec(output);
  const counts = { passed: Number(match?.[1] ?? 0), failed: Number(match?.[2] ?? 0) };
  if (!isEnded || match === null) {
    course.print(`${output}\n`);
    if (counts.failed === 0) counts.failed = 1;
  }
  return counts;
}
