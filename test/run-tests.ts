import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type EndedTest, endedTest, LAST_LINE } from './ended-test.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const PROCESSES = 2;
const TEST_TIMEOUT_MS = 300_000;
const PROCESS_TIMEOUT_MS = 1_200_000;

/** What needs a process of its own: flags of V8, listeners for signals, hooks that are called for every test. */
const ALONE = /\bsetFlagsFromString\(|^(?:beforeEach|afterEach)\(/m;

/**
 * Runs test files with node's own runner, and reports each test that ended.
 * @param together how many files share a process, which takes less time than one for each
 */
export async function runTests(
  files: readonly string[],
  together: number,
  report: (test: EndedTest) => void,
): Promise<void> {
  const isAlone = (file: string) => together === 1 || ALONE.test(readFileSync(path.join(ROOT, file), 'utf8'));
  const [alone, shared] = [files.filter(isAlone), files.filter((file) => !isAlone(file))];
  if (alone.length > 0) await runAlone(alone, report);
  if (shared.length > 0) await runTogether(shared, together, report);
}

/** Runs each file in its process. */
async function runAlone(files: readonly string[], report: (test: EndedTest) => void): Promise<void> {
  const stream = run({
    files: files.map((file) => path.join(ROOT, file)),
    concurrency: PROCESSES,
    timeout: TEST_TIMEOUT_MS,
    execArgv: ['--import', urlOf('end-leftovers.ts')],
  });
  for await (const event of stream) {
    if (event.type === 'test:stderr') process.stderr.write(event.data.message);
    const ended = endedTest(event);
    if (ended !== undefined) report(ended);
  }
}

async function runTogether(
  files: readonly string[],
  together: number,
  report: (test: EndedTest) => void,
): Promise<void> {
  const batches = Array.from({ length: Math.ceil(files.length / together) }, (_, at) =>
    files.slice(at * together, (at + 1) * together),
  );
  const folder = mkdtempSync(path.join(tmpdir(), 'tests-'));
  let started = 0;
  const runNext = async (): Promise<void> => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift())
      await runBatch(batch, path.join(folder, `${started++}`), report);
  };
  try {
    await Promise.all(Array.from({ length: PROCESSES }, runNext));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function urlOf(file: string): string {
  return pathToFileURL(path.join(import.meta.dirname, file)).href;
}

function runBatch(files: readonly string[], lines: string, report: (test: EndedTest) => void): Promise<void> {
  const args = ['test/run-batch.ts', lines, `${TEST_TIMEOUT_MS}`];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...args, ...files], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: PROCESS_TIMEOUT_MS,
    });
    const end = (how: string) => {
      const { tests, areAll } = endedTests(lines);
      for (const test of tests) report(test);
      const isTold = how === '0' || tests.some(({ failure }) => failure !== undefined);
      if (!areAll || !isTold)
        report({
          file: files.join(' '),
          name: 'the process of these files',
          failure: `it ended with ${how}`,
        });
      resolve();
    };
    child.on('error', ({ message }) => end(message));
    child.on('close', (code, signal) => end(`${signal ?? code}`));
  });
}

/** Returns the tests that a batch wrote, and whether it ended. */
function endedTests(lines: string): { readonly tests: readonly EndedTest[]; readonly areAll: boolean } {
  const written = existsSync(lines) ? readFileSync(lines, 'utf8').split('\n').slice(0, -1) : [];
  const areAll = written.at(-1) === LAST_LINE;
  const tests = (areAll ? written.slice(0, -1) : written).map((line) => JSON.parse(line) as EndedTest);
  return { tests, areAll };
}
