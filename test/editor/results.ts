import { stripVTControlCharacters } from 'node:util';

/**
 * The kinds of run: the folder trusted or in Restricted Mode, and the same two with the extension in the web extension
 * host, which has no Node.js.
 */
export const RUN_NAMES = ['trusted', 'restricted', 'web', 'web-restricted'] as const;
export type RunName = (typeof RUN_NAMES)[number];

export interface TestResult {
  readonly name: string;
  readonly milliseconds: number;
  /** Undefined if the test passed; otherwise the error with its stack. */
  readonly failure?: string;
}

/**
 * The output of the suite in the extension host, one JSON value per line: each result, and at the end that it is done.
 */
export type SuiteLine = TestResult | { readonly done: true };

/** The input of the suite, from `run.json` beside its bundle. */
export interface SuiteInput {
  readonly run: RunName;
  /** The folder that is open in the editor, an absolute path. */
  readonly workspace: string;
  /** The file for the lines of results, an absolute path. */
  readonly resultsFile: string;
  /** Only tests whose name contains this text run. */
  readonly only?: string;
}

/** Parses the complete lines of a results file that may still be growing. */
export function parseSuiteLines(text: string): { results: TestResult[]; done: boolean } {
  const results: TestResult[] = [];
  let done = false;
  for (const line of text.split('\n').slice(0, -1)) {
    const value = JSON.parse(line) as SuiteLine;
    if ('done' in value) done = true;
    else results.push(value);
  }
  return { results, done };
}

/** Runs one test body and returns its result; never throws. */
export async function runTest(name: string, body: () => unknown): Promise<TestResult> {
  const started = Date.now();
  try {
    await body();
    return { name, milliseconds: Date.now() - started };
  } catch (error) {
    const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { name, milliseconds: Date.now() - started, failure };
  }
}

/** Returns the line for people, followed by the failure if there is one. */
export function describeResult(result: TestResult): string {
  const line = `${result.failure === undefined ? 'ok  ' : 'FAIL'} ${result.name} (${result.milliseconds} ms)`;
  if (result.failure === undefined) return line;
  return `${line}\n${stripVTControlCharacters(result.failure).replaceAll(/^/gm, '       ')}`;
}
