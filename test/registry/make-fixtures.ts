import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startVerdaccio, type Verdaccio } from './verdaccio.ts';

/**
 * Makes the lockfiles of the demo with the real npm client on our own manifests, against a Verdaccio on loopback that
 * holds small packages of ours and passes on the rest. Run: `npm ci --ignore-scripts --prefix test/registry`, then
 * `node test/registry/make-fixtures.ts`. The address in the lockfiles is rewritten to a name that does not exist.
 */
const DEMO = path.resolve(import.meta.dirname, '../fixtures/demo');
const FIXTURE_REGISTRY = 'https://registry.example.test/';
const PRIVATE_REGISTRY = 'https://npm.acme.example.test/';

/** Packages of ours, with what each needs to show. Their code is one empty module. */
const PACKAGES: readonly PackageSource[] = [
  ...['lodahs', 'lodash-', 'lodashjs'].map((name) => ({ name, version: '4.17.21' })),
  ...['react-js', 'reactt', 'reacct'].map((name) => ({ name, version: '18.3.1' })),
  ...['expres', 'expresss', 'express-js'].map((name) => ({ name, version: '4.21.0' })),
  ...['momentt', 'moment-js', 'momnet'].map((name) => ({ name, version: '2.30.1' })),
  { name: '@acme/design-tokens', version: '3.1.0' },
  { name: '@acme/ui', version: '2.4.0', dependencies: { '@acme/design-tokens': '^3.0.0' } },
  { name: 'thumbnailer', version: '1.6.2', scripts: { install: 'node build.js' } },
];

interface PackageSource {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Record<string, string>;
  readonly scripts?: Record<string, string>;
}

function publish({ name, version, dependencies, scripts }: PackageSource, npmrc: string): void {
  const folder = path.join(work, 'packages', name.replace('/', '+'));
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name,
    version,
    license: 'MIT',
    main: 'index.js',
    description: 'Made for fixtures.',
    dependencies,
    scripts,
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2));
  writeFileSync(path.join(folder, 'index.js'), '');
  if (scripts !== undefined) writeFileSync(path.join(folder, 'build.js'), '');
  npm(['publish', '--ignore-scripts', '--access', 'public'], folder, npmrc);
}

/** A repository that stands for the git dependency of the demo; its commit is the same each time. */
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

/** What a manifest was like when its lockfile was made, where it is another today. */
const EARLIER: Readonly<Record<string, (manifest: DemoManifest) => void>> = {
  'legacy-api'({ dependencies }) {
    dependencies.dotenv = '^16.4.0';
    dependencies.yallist = '^4.0.0';
  },
};

/** What somebody did to a lockfile after npm wrote it: what npm ci installs without a word. */
const TAMPERED: Readonly<Record<string, (packages: LockPackages) => void>> = {
  tampered(packages) {
    const { minimist, wrappy, tslib, once, inherits } = {
      minimist: packages['node_modules/minimist']!,
      wrappy: packages['node_modules/wrappy']!,
      tslib: packages['node_modules/tslib']!,
      once: packages['node_modules/once']!,
      inherits: packages['node_modules/inherits']!,
    };
    minimist.resolved = wrappy.resolved;
    minimist.integrity = wrappy.integrity;
    tslib.resolved = tslib.resolved!.replace(new URL(FIXTURE_REGISTRY).host, 'downloads.evil.example.test');
    once.resolved = once.resolved!.replace('https:', 'http:');
    delete inherits.integrity;
  },
};

interface DemoManifest {
  readonly dependencies: Record<string, string>;
}

type LockPackages = Record<string, { resolved?: string | undefined; integrity?: string | undefined }>;

/** Writes the package-lock.json of one root; npm runs in a copy of it. */
function lock(root: string, npmrc: string, charts: string): void {
  const name = path.basename(root);
  const copy = path.join(work, 'roots', name);
  mkdirSync(copy, { recursive: true });
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as DemoManifest;
  EARLIER[name]?.(manifest);
  writeFileSync(path.join(copy, 'package.json'), JSON.stringify(manifest, undefined, 2));
  const args = [
    'install',
    '--package-lock-only',
    '--ignore-scripts',
    '--omit-lockfile-registry-resolved=false',
  ];
  npm(args, copy, npmrc, {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `url.file://${charts}.insteadOf`,
    GIT_CONFIG_VALUE_0: 'https://git.example.test/acme/charts.git',
  });
  const made = rewritten(readFileSync(path.join(copy, 'package-lock.json'), 'utf8'), registry);
  const lockfile = JSON.parse(made) as { packages: LockPackages };
  TAMPERED[name]?.(lockfile.packages);
  writeFileSync(path.join(root, 'package-lock.json'), `${JSON.stringify(lockfile, undefined, 2)}\n`);
}

function rewritten(lockfile: string, { url }: Verdaccio): string {
  return lockfile.replaceAll(`${url}@acme/`, `${PRIVATE_REGISTRY}@acme/`).replaceAll(url, FIXTURE_REGISTRY);
}

function npm(args: readonly string[], cwd: string, npmrc: string, env: Record<string, string> = {}): void {
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
const uplink = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8', shell: false }).trim();
const registry = await startVerdaccio({
  folder: path.join(work, 'verdaccio'),
  uplink,
  ownNames: PACKAGES.map(({ name }) => name),
  privateScopes: [],
});
try {
  const npmrc = path.join(work, 'npmrc');
  writeFileSync(
    npmrc,
    `registry=${registry.url}\n//${new URL(registry.url).host}/:_authToken=${registry.token}\n`,
  );
  for (const source of PACKAGES) publish(source, npmrc);
  const charts = makeGitRepository();
  for (const manifest of globSync('*/package.json', { cwd: DEMO })) {
    const root = path.dirname(manifest);
    if (root !== 'no-lock') lock(path.join(DEMO, root), npmrc, charts);
  }
} finally {
  await registry.stop();
  rmSync(work, { recursive: true, force: true });
}
