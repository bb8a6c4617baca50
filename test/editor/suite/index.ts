import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SuiteInput, SuiteLine } from '../results.ts';
import { runRegistered } from './registry.ts';
import './activation.ts';
import './advisories.ts';
import './findings.ts';
import './fixes.ts';
import './hover.ts';
import './large-file.ts';
import './lockfiles.ts';
import './privacy.ts';
import './rule-page.ts';
import './tasks.ts';
import './typing.ts';
import './updates.ts';
import './verify.ts';
// Last, as it loads every project.
import './assistant.ts';

/** Called by the extension host once the editor is open; the results are written to the results file. */
export async function run(): Promise<void> {
  const input = JSON.parse(readFileSync(join(__dirname, 'run.json'), 'utf8')) as SuiteInput;
  const write = (line: SuiteLine) => appendFileSync(input.resultsFile, `${JSON.stringify(line)}\n`);
  await runRegistered(input.run, input.only ?? '', write);
  write({ done: true });
}
