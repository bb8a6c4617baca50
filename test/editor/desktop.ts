import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { bundleSuite } from './bundle-suite.ts';
import { editorsRoot, repositoryRoot } from './paths.ts';
import { describeResult, parseSuiteLines, type RunName, type TestResult } from './results.ts';
import { offlineNpm, quietSettings } from './settings.ts';
import { copyWorkspace, temporaryFolder } from './workspace-copy.ts';

/**
 * Runs the suite in VS Code desktop, which is downloaded once. The tests of `person/` drive a web page, so they run in
 * the browser only.
 */
async function runDesktopTests(): Promise<TestResult[]> {
  const vscodeExecutablePath = await downloadAndUnzipVSCode({ cachePath: editorsRoot, version: 'stable' });
  const results: TestResult[] = [];
  for (const run of ['trusted', 'restricted'] as const) {
    results.push(...(await oneRun(vscodeExecutablePath, run)));
  }
  return results;
}

async function oneRun(vscodeExecutablePath: string, run: RunName): Promise<TestResult[]> {
  const workspace = copyWorkspace(join(repositoryRoot, 'test/fixtures/demo'));
  const suite = await bundleSuite(run, workspace);
  const userData = temporaryFolder('dependency-hygiene-desktop');
  const settings = {
    ...quietSettings('light'),
    'security.workspace.trust.startupPrompt': 'never',
    'dependencyHygiene.online': false,
  };
  mkdirSync(join(userData, 'User'), { recursive: true });
  writeFileSync(join(userData, 'User', 'settings.json'), JSON.stringify(settings));

  const launchArgs = [workspace, `--user-data-dir=${userData}`, '--disable-extensions', '--disable-gpu'];
  if (run === 'trusted') launchArgs.push('--disable-workspace-trust');
  let ended: unknown;
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: repositoryRoot,
      extensionTestsPath: suite.entry,
      extensionTestsEnv: offlineNpm,
      launchArgs,
    });
  } catch (error) {
    ended = error;
  }
  const { results, done } = parseSuiteLines(readFileSync(suite.resultsFile, 'utf8'));
  for (const result of results) console.log(describeResult(result));
  if (done) return results;
  const failure = `VS Code ended before the suite did: ${String(ended)}`;
  return [...results, { name: `the ${run} suite comes to an end`, milliseconds: 0, failure }];
}

try {
  const results = await runDesktopTests();
  const failed = results.filter((result) => result.failure !== undefined).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || results.length === 0 ? 1 : 0;
} catch (error) {
  console.error(
    `VS Code desktop could not be downloaded (${error instanceof Error ? error.message : String(error)}); ` +
      '"npm test" runs the same suite in the editor server from the npm registry.',
  );
  process.exitCode = 1;
}
