import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type EndedTest, endedTest, LAST_LINE } from './ended-test.ts';
import { ended, startChild } from './own-children.ts';
import type { Course } from './steps.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const TEST_TIMEOUT_MS = 300_000;
const PROCESS_TIMEOUT_MS = 1_200_000;

/** Where the tests run, and where they are reported; what they print as errors is printed. */
export interface Surroundings extends Course {
  readonly env: NodeJS.ProcessEnv;
  readonly report: (test: EndedTest) => void;
}

/** What needs a process of its own: flags of V8, listeners for signals, hooks that are called for every test. */
const ALONE = /\bsetFlagsFromString\(|^(?:beforeEach|afterEach)\(/m;

/**
 * Runs test files with node's own runner, and reports each test that ended.
 * @param together how many files share a process, which takes less time than one for each
 */
export async function runTests(
  files: readonly string[],
  together: number,
  surroundings: Surroundings,
): Promise<void> {
  const { inTurn } = surroundings;
  const isAlone = (file: string) => together === 1 || ALONE.test(readFileSync(path.join(ROOT, file), 'utf8'));
  const [alone, shared] = [files.filter(isAlone), files.filter((file) => !isAlone(file))];
  const batches = Array.from({ length: Math.ceil(shared.length / together) }, (_, at) =>
    shared.slice(at * together, (at + 1) * together),
  );
  const folder = mkdtempSync(path.join(tmpdir(), 'tests-'));
  try {
    await Promise.all([
      ...alone.map((file) => inTurn(() => runAlone(file, surroundings))),
      ...batches.map((batch, at) => inTurn(() => runBatch(batch, path.join(folder, `${at}`), surroundings))),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a file in its process. */
async function runAlone(file: string, { env, report, print }: Surroundings): Promise<void> {
  const stream = run({
    files: [path.join(ROOT, file)],
    concurrency: 1,
    timeout: TEST_TIMEOUT_MS,
    execArgv: ['--import', urlOf('end-leftovers.ts')],
    env,
    signal: ended,
  });
  for await (const event of stream) {
    if (event.type === 'test:stderr') print(event.data.message);
    const test = endedTest(event);
    if (test !== undefined) report(test);
  }
}

function urlOf(file: string): string {
  return pathToFileURL(path.join(import.meta.dirname, file)).href;
}

async function runBatch(
  files: readonly string[],
  lines: string,
  { env, report, print }: Surroundings,
): Promise<void> {
  const args = ['test/run-batch.ts', lines, `${TEST_TIMEOUT_MS}`, ...files];
  const options = { cwd: ROOT, env, limit: PROCESS_TIMEOUT_MS, onErrors: print };
  const how = await startChild(process.execPath, args, options);
  const { tests, areAll } = endedTests(lines);
  for (const test of tests) report(test);
  const isTold = how === '0' || tests.some(({ failure }) => failure !== undefined);
  if (!areAll || !isTold)
    report({
      file: files.join(' '),
      name: 'the process of these files',
      failure: `it ended with ${how}`,
    });
}

/** Returns the tests that a batch wrote, and whether it ended. */
function endedTests(lines: string): { readonly tests: readonly EndedTest[]; readonly areAll: boolean } {
  const written = existsSync(lines) ? readFileSync(lines, 'utf8').split('\n').slice(0, -1) : [];
  const areAll = written.at(-1) === LAST_LINE;
  const tests = (areAll ? written.slice(0, -1) : written).map((line) => JSON.parse(line) as EndedTest);
  return { tests, areAll };
}
