import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { serveDirectory } from './editor/serve.ts';

/**
 * `npm start [-- <dir>]`: builds, prints the findings of the folder (by default the demo), and opens it in a real VS
 * Code in the browser. With CI set it ends after the findings.
 */
const ROOT = path.resolve(import.meta.dirname, '..');
const given = process.argv[2];
const directory =
  given === undefined
    ? path.join(ROOT, 'test/fixtures/demo')
    : path.resolve(process.env.INIT_CWD ?? '.', given);

run(['server/tools/build.ts']);
const checked = run(['dist/cli.js', 'check', directory, '--fail-on', 'never']);
if (checked !== 0) process.exit(checked);
if (!isSet(process.env.CI))
  await serveDirectory(directory, given === undefined ? 'shop/package.json' : undefined);

/** Runs a program of ours with its output shown; a failing build ends everything. */
function run(args: readonly string[]): number {
  const building = args[0]?.endsWith('build.ts') === true;
  const { status } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', building ? 'ignore' : 'inherit', 'inherit'],
  });
  if (building && status !== 0) process.exit(status ?? 1);
  return status ?? 1;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
