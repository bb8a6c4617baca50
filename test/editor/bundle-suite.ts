import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';
import { artifactsRoot, repositoryRoot } from './paths.ts';
import type { RunName, SuiteInput } from './results.ts';

/** A bundled suite in a new folder of artifacts, with its input beside it. */
export interface BundledSuite {
  readonly artifacts: string;
  /** The module whose `run()` the extension host calls. */
  readonly entry: string;
  readonly resultsFile: string;
}

/** Bundles `suite/index.ts` for one run into a folder of that name, which is emptied first. */
export async function bundleSuite(run: RunName, workspace: string, only?: string): Promise<BundledSuite> {
  const artifacts = join(artifactsRoot, run);
  const entry = join(artifacts, 'suite.cjs');
  const resultsFile = join(artifacts, 'results.jsonl');
  rmSync(artifacts, { recursive: true, force: true });
  mkdirSync(artifacts, { recursive: true });
  const input: SuiteInput = { run, workspace, resultsFile, ...(only === undefined ? {} : { only }) };
  writeFileSync(join(artifacts, 'run.json'), JSON.stringify(input));
  writeFileSync(resultsFile, '');
  await build({
    cwd: repositoryRoot,
    input: 'test/editor/suite/index.ts',
    platform: 'node',
    external: ['vscode'],
    output: { file: entry, format: 'cjs', sourcemap: 'inline', codeSplitting: false },
    logLevel: 'silent',
  });
  return { artifacts, entry, resultsFile };
}
