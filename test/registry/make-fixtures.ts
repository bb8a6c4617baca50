import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startVerdaccio, type Verdaccio } from '../registry-servers/support/verdaccio.ts';
import {
  BRANCHES,
  type Change,
  type DemoManifest,
  EARLIER,
  type LockPackages,
  NPM_ARGUMENTS,
  TAMPERED,
  TAMPERED_YARN,
} from './demo-changes.ts';
import { CHARTS, PACKAGES, type PackageSource } from './demo-packages.ts';

/**
 * Creates the lockfiles of the demo with the real npm client and Yarn 1 from our own manifests, against a Verdaccio on
 * loopback that has small packages of ours and forwards the rest. Run: `node test/install.ts test/registry-servers`,
 * then `node test/registry/make-fixtures.ts [root...]`, by default for all roots. The URL in the lockfiles is rewritten
 * to a name that does not exist.
 */
const DEMO = path.resolve(import.meta.dirname, '../fixtures/demo');
const FIXTURE_REGISTRY = 'https://registry.example.test/';
const PRIVATE_REGISTRY = 'https://npm.acme.example.test/';
const YARN = 'yarn@1.22.22';

function publish(source: PackageSource): void {
  const { name, version, scripts, ...dependencies } = source;
  const folder = path.join(work, 'packages', `${name.replace('/', '+')}@${version}`);
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name,
    version,
    license: 'MIT',
    main: 'index.js',
    description: 'Made for fixtures.',
    ...dependencies,
    scripts,
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2));
  writeFileSync(path.join(folder, 'index.js'), '');
  if (scripts !== undefined) writeFileSync(path.join(folder, 'build.js'), '');
  npm(['publish', '--ignore-scripts', '--access', 'public'], folder);
}

/** Creates a repository for the git dependency of the demo; its commit is the same each time. */
function makeGitRepository(): string {
  const folder = path.join(work, 'charts');
  mkdirSync(folder);
  writeFileSync(
    path.join(folder, 'package.json'),
    '{ "name": "acme-charts", "version": "0.9.0", "license": "MIT" }\n',
  );
  const date = '2026-01-05T10:00:00Z';
  const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=fixtures', '-c', 'user.email=fixtures@example.test', ...args], {
      cwd: folder,
      env,
    });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message=charts');
  return folder;
}

/** Writes the lockfiles of one root; the package managers run in copies of it. */
function lock(root: string, charts: string): void {
  const name = path.basename(root);
  const made = name in BRANCHES ? mergedLock(root, charts) : npmLock(root, charts);
  writeFileSync(path.join(root, 'package-lock.json'), made);
  const tamper = TAMPERED_YARN[name];
  if (tamper === undefined) return;
  const byYarn = yarnLock(root);
  const tampered = tamper(byYarn);
  if (tampered === byYarn) throw new Error(`nothing of ${name}/yarn.lock was altered`);
  writeFileSync(path.join(root, 'yarn.lock'), tampered);
}

function npmLock(root: string, charts: string): string {
  const name = path.basename(root);
  const lockfile = JSON.parse(lockedByNpm(root, EARLIER[name], charts)) as { packages: LockPackages };
  TAMPERED[name]?.(lockfile.packages);
  return `${JSON.stringify(lockfile, undefined, 2)}\n`;
}

/** Returns the lockfiles of two branches as git merges them, with markers at conflicts. */
function mergedLock(root: string, charts: string): string {
  const folder = mkdtempSync(path.join(work, 'merge-'));
  const { base, ours, theirs } = BRANCHES[path.basename(root)]!;
  for (const [file, change] of Object.entries({ ours, base, theirs })) {
    writeFileSync(path.join(folder, file), lockedByNpm(root, change, charts));
  }
  const labels = ['-L', 'HEAD', '-L', 'base', '-L', 'override-ms'];
  const args = ['merge-file', '--stdout', ...labels, 'ours', 'base', 'theirs'];
  const { status, stdout } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
  // The number of conflicts.
  if (status === null || status < 1 || status > 127) throw new Error(`git merge-file ended with ${status}`);
  return stdout;
}

function lockedByNpm(root: string, change: Change | undefined, charts: string): string {
  const copy = copyOf(root, change);
  const args = [
    'install',
    '--package-lock-only',
    '--ignore-scripts',
    '--omit-lockfile-registry-resolved=false',
    ...(NPM_ARGUMENTS[path.basename(root)] ?? []),
  ];
  npm(args, copy, {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `url.file://${charts}.insteadOf`,
    GIT_CONFIG_VALUE_0: CHARTS,
  });
  return rewritten(readFileSync(path.join(copy, 'package-lock.json'), 'utf8'), registry);
}

function yarnLock(root: string): string {
  const tools = path.join(work, 'tools');
  execFileSync('npm', ['install', '--prefix', tools, '--ignore-scripts', '--audit=false', YARN], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const copy = copyOf(root, undefined);
  const yarn = path.join(tools, 'node_modules/yarn/bin/yarn.js');
  execFileSync(process.execPath, [yarn, 'install', '--ignore-scripts', '--non-interactive'], {
    cwd: copy,
    env: { ...process.env, HOME: work, YARN_REGISTRY: registry.url, npm_config_registry: registry.url },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return rewritten(readFileSync(path.join(copy, 'yarn.lock'), 'utf8'), registry);
}

/** Creates a new folder with the manifest of a root. */
function copyOf(root: string, change: Change | undefined): string {
  const copy = mkdtempSync(path.join(work, 'root-'));
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as DemoManifest;
  change?.(manifest);
  writeFileSync(path.join(copy, 'package.json'), JSON.stringify(manifest, undefined, 2));
  return copy;
}

function rewritten(lockfile: string, { url }: Verdaccio): string {
  return lockfile.replaceAll(`${url}@acme/`, `${PRIVATE_REGISTRY}@acme/`).replaceAll(url, FIXTURE_REGISTRY);
}

function npm(args: readonly string[], cwd: string, env: Record<string, string> = {}): void {
  const options = [
    '--userconfig',
    npmrc,
    '--audit=false',
    '--fund=false',
    '--loglevel=error',
    '--cache',
    path.join(work, 'cache'),
  ];
  execFileSync('npm', [...args, ...options], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

const work = mkdtempSync(path.join(tmpdir(), 'fixtures-'));
const npmrc = path.join(work, 'npmrc');
const uplink = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8', shell: false }).trim();
const registry = await startVerdaccio({ uplink, ownNames: PACKAGES.map(({ name }) => name) });
try {
  writeFileSync(
    npmrc,
    `registry=${registry.url}\n//${new URL(registry.url).host}/:_authToken=${registry.token}\n`,
  );
  for (const source of PACKAGES) publish(source);
  const charts = makeGitRepository();
  const named = process.argv.slice(2);
  for (const manifest of globSync('*/package.json', { cwd: DEMO })) {
    const root = path.dirname(manifest);
    const isMeant = named.length === 0 || named.includes(root);
    if (isMeant && root !== 'no-lock') lock(path.join(DEMO, root), charts);
  }
} finally {
  await registry.stop();
  rmSync(work, { recursive: true, force: true });
}
