import { PATIENCE } from '../patience.ts';
import { type RunName, runTest, type TestResult } from '../results.ts';

interface Registered {
  readonly name: string;
  readonly body: () => unknown;
  readonly runs: readonly RunName[];
}

const registered: Registered[] = [];

/** Registers a test that runs inside the extension host, with the whole `vscode` API. */
export function test(name: string, body: () => unknown, runs: readonly RunName[] = ['trusted']): void {
  registered.push({ name, body, runs });
}

/** Runs the tests registered for this kind of run, one after the other; `report` receives each result as it arrives. */
export async function runRegistered(
  run: RunName,
  only: string,
  report: (result: TestResult) => void,
): Promise<void> {
  for (const { name, body, runs } of registered) {
    if (!runs.includes(run) || !name.includes(only)) continue;
    report(await runTest(name, () => withinTime(body)));
  }
}

/** Several waits follow each other in a test, and each may take as long as its patience. */
const TEST_TIMEOUT = 3 * PATIENCE;

/** Applies a time limit, so that a test that hangs does not block the others. */
async function withinTime(body: () => unknown): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${TEST_TIMEOUT / 1000} s`)), TEST_TIMEOUT);
  });
  try {
    await Promise.race([body(), late]);
  } finally {
    clearTimeout(timer);
  }
}
