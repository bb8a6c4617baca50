import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startVerdaccio } from '../registry-servers/support/verdaccio.ts';
import { tamper } from './tamper.ts';

/**
 * Creates a lockfile of each package manager with the real one, from our own manifests in `test/fixtures/managers`,
 * against a Verdaccio on loopback that forwards everything; then changes the same three packages in each. Run: `node
 * test/install.ts test/registry-servers`, then `node test/registry/make-managers.ts`. The package managers come from
 * the registry into a temporary folder. The URL in the lockfiles is rewritten to a name that does not exist.
 */
const FIXTURES = path.resolve(import.meta.dirname, '../fixtures/managers');
const FIXTURE_REGISTRY = 'https://registry.example.test/';

const TOOLS = ['yarn@1.22.22', '@yarnpkg/cli-dist@4.18.1', 'pnpm@12.21.0', 'bun@1.4.5'];

/** How to make a package manager write its lockfile and nothing else, in the folder of a root. */
interface PackageManagerRun {
  readonly folder: string;
  readonly lockfile: string;
  /** Returns the program and its arguments. */
  command(tools: string): readonly string[];
  /** Returns the variables that configure the registry. */
  environment(registry: string): Readonly<Record<string, string>>;
  /** Configuration files of the fixture that configure the registry, rewritten for the run. */
  readonly configuration: Readonly<Record<string, (registry: string) => string>>;
}

const npmrc = (registry: string) => `registry=${registry}\n`;

const RUNS: readonly PackageManagerRun[] = [
  {
    folder: 'npm',
    lockfile: 'package-lock.json',
    command: () => [
      'npm',
      'install',
      '--package-lock-only',
      '--ignore-scripts',
      '--audit=false',
      '--omit-lockfile-registry-resolved=false',
    ],
    environment: () => ({}),
    configuration: { '.npmrc': npmrc },
  },
  {
    folder: 'yarn-classic',
    lockfile: 'yarn.lock',
    command: (tools) => [
      process.execPath,
      path.join(tools, 'yarn/bin/yarn.js'),
      'install',
      '--ignore-scripts',
      '--non-interactive',
    ],
    environment: (registry) => ({ YARN_REGISTRY: registry, npm_config_registry: registry }),
    configuration: { '.npmrc': npmrc },
  },
  {
    folder: 'yarn-berry',
    lockfile: 'yarn.lock',
    command: (tools) => [
      process.execPath,
      path.join(tools, '@yarnpkg/cli-dist/bin/yarn.js'),
      'install',
      '--mode=skip-build',
    ],
    environment: (registry) => ({
      YARN_NPM_REGISTRY_SERVER: registry.replace(/\/$/, ''),
      YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
      YARN_ENABLE_TELEMETRY: '0',
      YARN_ENABLE_GLOBAL_CACHE: '0',
      YARN_ENABLE_IMMUTABLE_INSTALLS: '0',
    }),
    configuration: {},
  },
  {
    folder: 'pnpm',
    lockfile: 'pnpm-lock.yaml',
    command: (tools) => [
      process.execPath,
      globSync('pnpm/bin/pnpm.{mjs,cjs}', { cwd: tools }).map((file) => path.join(tools, file))[0]!,
      'install',
      '--lockfile-only',
      '--ignore-scripts',
    ],
    environment: (registry) => ({ npm_config_registry: registry, pnpm_config_registry: registry }),
    configuration: { '.npmrc': npmrc },
  },
  {
    folder: 'bun',
    lockfile: 'bun.lock',
    command: (tools) => [
      path.join(tools, globSync('@oven/bun-*/bin/bun', { cwd: tools })[0]!),
      'install',
      '--lockfile-only',
      '--ignore-scripts',
    ],
    environment: (registry) => ({ NPM_CONFIG_REGISTRY: registry }),
    configuration: { 'bunfig.toml': (registry) => `[install]\nregistry = "${registry}"\n` },
  },
];

function lock(run: PackageManagerRun, tools: string, registry: string): void {
  const root = path.join(FIXTURES, run.folder);
  const copy = path.join(work, 'roots', run.folder);
  cpSync(root, copy, { recursive: true, filter: (source) => path.basename(source) !== run.lockfile });
  for (const [file, make] of Object.entries(run.configuration)) {
    writeFileSync(path.join(copy, file), make(registry));
  }
  const [program = '', ...args] = run.command(tools);
  const home = path.join(work, 'home');
  mkdirSync(home, { recursive: true });
  execFileSync(program, args, {
    cwd: copy,
    env: {
      ...process.env,
      HOME: home,
      XDG_CACHE_HOME: home,
      XDG_DATA_HOME: home,
      ...run.environment(registry),
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const made = readFileSync(path.join(copy, run.lockfile), 'utf8');
  const rewritten = made.replaceAll(registry, FIXTURE_REGISTRY);
  writeFileSync(path.join(root, run.lockfile), tamper(run.folder, rewritten));
}

const work = mkdtempSync(path.join(tmpdir(), 'fixtures-'));
try {
  const toolFolder = path.join(work, 'tools');
  execFileSync('npm', ['install', '--prefix', toolFolder, '--ignore-scripts', '--audit=false', ...TOOLS], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const uplink = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
  const registry = await startVerdaccio({ uplink });
  try {
    for (const run of RUNS) lock(run, path.join(toolFolder, 'node_modules'), registry.url);
  } finally {
    await registry.stop();
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
