import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { writeLogFiles } from './log-files.ts';
import { editorsRoot } from './paths.ts';

/** The only place that names the editor under test: a code-server of this version contains the same VS Code. */
const EDITOR_PACKAGE = 'code-server';
export const EDITOR_VERSION = '4.139.1';

/** The path of something installed on this machine, or one sentence that says why it is missing. */
export type Available = { readonly path: string } | { readonly reason: string };

type Log = (line: string) => void;

/**
 * Installs the editor's server from the npm registry unless it is there already. No install script runs: the server's
 * native modules stay unbuilt, and the extension host works without them.
 *
 * @returns the folder that contains `out/server-main.js`
 */
export function ensureEditor(log: Log = () => {}): Available {
  if (process.platform === 'win32') {
    return { reason: 'The editor server does not run on Windows; use "npm run test:desktop" there.' };
  }
  const home = join(editorsRoot, `${EDITOR_PACKAGE}-${EDITOR_VERSION}`);
  const server = join(home, 'node_modules', EDITOR_PACKAGE, 'lib', 'vscode');
  if (existsSync(home)) return withLogFiles(server);

  mkdirSync(editorsRoot, { recursive: true });
  removeAbandonedInstalls();
  log(`Installing ${EDITOR_PACKAGE} ${EDITOR_VERSION} into .vscode-test (once, about 600 MB).`);

  // The folder gets its final name only after both steps, so that a folder of that name is always complete.
  const partial = join(editorsRoot, `${PARTIAL}${process.pid}`);
  mkdirSync(partial, { recursive: true });
  writeFileSync(join(partial, 'package.json'), '{ "private": true }\n');
  const steps = [
    { folder: partial, what: ['--no-save', `${EDITOR_PACKAGE}@${EDITOR_VERSION}`] },
    { folder: join(partial, 'node_modules', EDITOR_PACKAGE, 'lib', 'vscode'), what: ['--omit=dev'] },
  ];
  for (const { folder, what } of steps) {
    const failure = npmInstall(folder, what);
    if (failure === undefined) continue;
    rmSync(partial, { recursive: true, force: true });
    return {
      reason: `The editor server ${EDITOR_PACKAGE} ${EDITOR_VERSION} could not be installed: ${failure}`,
    };
  }
  try {
    renameSync(partial, home);
  } catch (error) {
    // Another process installed at the same time and was first; its folder is equivalent.
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(home)) return { reason: `The editor server could not be put in place: ${String(error)}` };
  }
  return withLogFiles(server);
}

function withLogFiles(server: string): Available {
  writeLogFiles(server);
  return { path: server };
}

/**
 * Finds Chromium or Chrome: the program in CHROME_PATH, or else a known name on PATH or a known location. If there is
 * none, and this is root on a machine with apt-get, Debian's package is installed.
 */
export function ensureChromium(log: Log = () => {}): Available {
  const wanted = process.env.CHROME_PATH;
  if (wanted !== undefined && wanted !== '') {
    return isFile(wanted)
      ? { path: wanted }
      : { reason: `CHROME_PATH names ${wanted}, and there is no such file.` };
  }
  const found = findChromium();
  if (found !== undefined) return { path: found };

  const advice = 'Install Chromium (Debian: "apt-get install chromium") or set CHROME_PATH to a Chrome.';
  const aptGet = findOnPath(['apt-get']);
  if (aptGet === undefined || process.getuid?.() !== 0) {
    return { reason: `No Chromium was found on this machine. ${advice}` };
  }
  log('Installing chromium with apt-get.');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    // Another step may be installing at the same time.
    ['install', '-y', '-qq', '-o', `DPkg::Lock::Timeout=${INSTALL_TIMEOUT / 1000}`, 'chromium'],
  ]) {
    const run = spawnSync(aptGet, args, {
      env,
      encoding: 'utf8',
      timeout: INSTALL_TIMEOUT,
      maxBuffer: 1 << 26,
    });
    // A stale mirror fails the update while the install still works, so only what is missing at the end counts.
    if (run.status !== 0) log(`apt-get ${args[0]} failed: ${lastLine(run.stderr ?? '')}`);
  }
  const installed = findChromium();
  return installed === undefined
    ? { reason: `apt-get could not install chromium. ${advice}` }
    : { path: installed };
}

const PARTIAL = 'partial-';
const INSTALL_TIMEOUT = 300_000;

/** Runs `npm install` in a folder, with scripts disabled; returns undefined, or npm's output after a failure. */
function npmInstall(folder: string, what: readonly string[]): string | undefined {
  // Flags take precedence over npm_config_* variables, which an outer "npm test --workspace=x" or "npm -g"
  // leaves behind.
  const args = ['install', `--prefix=${folder}`, '--global=false', '--ignore-scripts'];
  args.push('--no-audit', '--no-fund', '--loglevel=error', ...what);
  const npm = npmCommand(process.env);
  const run = spawnSync(npm.command, [...npm.args, ...args], {
    cwd: folder,
    encoding: 'utf8',
    timeout: INSTALL_TIMEOUT,
    maxBuffer: 1 << 26,
  });
  if (run.status === 0) return undefined;
  if (run.error !== undefined) return run.error.message;
  return firstLines(run.stderr) || `npm ended with ${run.status ?? run.signal}.`;
}

/**
 * Returns the npm that started this process, on this process's Node; or the one on PATH if another package manager or
 * nothing did.
 */
function npmCommand(env: NodeJS.ProcessEnv): { command: string; args: string[] } {
  const ranUs = env.npm_execpath;
  return ranUs !== undefined && basename(ranUs) === 'npm-cli.js' && existsSync(ranUs)
    ? { command: process.execPath, args: [ranUs] }
    : { command: 'npm', args: [] };
}

/** Removes what an interrupted install left, but not the folder of one that is running now. */
function removeAbandonedInstalls(): void {
  for (const name of readdirSync(editorsRoot)) {
    if (!name.startsWith(PARTIAL) || isRunning(Number(name.slice(PARTIAL.length)))) continue;
    rmSync(join(editorsRoot, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function findChromium(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
  const places = [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  return findOnPath(names) ?? places.find(isFile);
}

function findOnPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isFile);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Returns the start of npm's output, without the prefix of each line. */
function firstLines(text: string): string {
  return text
    .replaceAll(/^npm (?:error|ERR!) ?/gm, '')
    .trim()
    .split('\n')
    .slice(0, 4)
    .join(', ');
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
