import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export type Family = 'npm' | 'pnpm' | 'yarn-classic' | 'yarn-berry' | 'bun';

/** A real package manager that the table is verified with. */
export interface Manager {
  /** The name in the table. */
  readonly id: string;
  readonly family: Family;
  /** The specifier by which npm installs it. */
  readonly spec: string;
}

export const MANAGERS: readonly Manager[] = [
  { id: 'npm 10', family: 'npm', spec: 'npm@10' },
  { id: 'npm 11', family: 'npm', spec: 'npm@11' },
  { id: 'npm 12', family: 'npm', spec: 'npm@12' },
  { id: 'pnpm 9', family: 'pnpm', spec: 'pnpm@9' },
  { id: 'pnpm 10', family: 'pnpm', spec: 'pnpm@10' },
  { id: 'pnpm 11', family: 'pnpm', spec: 'pnpm@11' },
  { id: 'pnpm 12', family: 'pnpm', spec: 'pnpm@12' },
  { id: 'Yarn 1', family: 'yarn-classic', spec: 'yarn@1.22.22' },
  { id: 'Yarn 3', family: 'yarn-berry', spec: '@yarnpkg/cli-dist@3' },
  { id: 'Yarn 4', family: 'yarn-berry', spec: '@yarnpkg/cli-dist@4' },
  { id: 'Bun 1', family: 'bun', spec: 'bun@1' },
];

const ROOT = resolve(import.meta.dirname, '../..');
const INSTALLED = join(ROOT, 'node_modules/.cache/attack-managers');

export interface InstalledManager extends Manager {
  readonly version: string;
  readonly command: readonly [program: string, ...args: string[]];
}

/** Installs a manager with npm, unless it is installed already; undefined if the platform has none. */
export function installManager(manager: Manager): InstalledManager | undefined {
  const folder = join(INSTALLED, manager.spec.replace(/[@/]/g, '-'));
  const name = manager.spec.slice(0, manager.spec.lastIndexOf('@'));
  const home = join(folder, 'node_modules', name);
  if (!existsSync(join(home, 'package.json'))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    // A manager's own scripts only move its binary, which is used from its original place.
    const args = [
      'install',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--no-package-lock',
      manager.spec,
    ];
    spawnSync('npm', args, { cwd: folder, stdio: 'ignore', shell: process.platform === 'win32' });
  }
  if (!existsSync(join(home, 'package.json'))) return undefined;
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const command = commandOf(manager, home, version);
  return command === undefined ? undefined : { ...manager, version, command };
}

function commandOf(manager: Manager, home: string, version: string): InstalledManager['command'] | undefined {
  const script = (path: string) => [process.execPath, join(home, path)] as const;
  switch (manager.family) {
    case 'npm':
      return [...script('bin/npm-cli.js')];
    case 'yarn-classic':
    case 'yarn-berry':
      return [...script('bin/yarn.js')];
    case 'pnpm': {
      if (Number.parseInt(version, 10) < 11) return [...script('bin/pnpm.cjs')];
      const native = binaryIn(join(home, '../@pnpm'), 'pnpm');
      return native === undefined ? [...script('bin/pnpm.mjs')] : [native];
    }
    case 'bun': {
      const native = binaryIn(join(home, '../@oven'), 'bin/bun');
      return native === undefined ? undefined : [native];
    }
  }
}

function binaryIn(scope: string, path: string): string | undefined {
  const folders = existsSync(scope) ? readdirSync(scope).sort() : [];
  return folders.map((folder) => join(scope, folder, path)).find((file) => existsSync(file));
}

export interface Ended {
  readonly code: number;
  readonly output: string;
}

/**
 * Runs a manager to its end, with a home, cache and store of its own below `home`, so that nothing comes from a cache.
 */
export function runManager(
  { command, family }: InstalledManager,
  args: readonly string[],
  { cwd, home, env = {} }: { cwd: string; home: string; env?: Readonly<Record<string, string>> | undefined },
): Promise<Ended> {
  mkdirSync(home, { recursive: true });
  const [program, ...first] = command;
  const bin = join(ROOT, 'node_modules/.bin');
  const environment = {
    PATH: `${bin}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`,
    HOME: home,
    USERPROFILE: home,
    TMPDIR: process.env.TMPDIR ?? '/tmp',
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_STATE_HOME: join(home, 'state'),
    XDG_CONFIG_HOME: join(home, 'config'),
    GIT_CONFIG_NOSYSTEM: '1',
    ...ENVIRONMENTS[family](home),
    ...env,
  };
  return new Promise((done) => {
    const child = spawn(program, [...first, ...args], { cwd, env: environment, timeout: 120_000 });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', (error) => done({ code: 1, output: error.message }));
    child.on('close', (code) => done({ code: code ?? 1, output }));
  });
}

const ENVIRONMENTS: Readonly<Record<Family, (home: string) => Readonly<Record<string, string>>>> = {
  npm: (home) => ({
    npm_config_globalconfig: join(home, 'no-npmrc'),
    npm_config_cache: join(home, 'npm-cache'),
    npm_config_update_notifier: 'false',
    npm_config_fund: 'false',
    npm_config_audit: 'false',
    npm_config_fetch_retries: '0',
  }),
  pnpm: (home) => ({
    npm_config_store_dir: join(home, 'store'),
    pnpm_config_store_dir: join(home, 'store'),
    npm_config_fetch_retries: '0',
    pnpm_config_fetch_retries: '0',
    npm_config_update_notifier: 'false',
    CI: '1',
  }),
  'yarn-classic': (home) => ({ YARN_CACHE_FOLDER: join(home, 'yarn-cache'), CI: '1' }),
  'yarn-berry': (home) => ({
    YARN_GLOBAL_FOLDER: join(home, 'yarn'),
    YARN_ENABLE_GLOBAL_CACHE: 'true',
    YARN_ENABLE_TELEMETRY: '0',
    YARN_IGNORE_PATH: '1',
    // The hosts on loopback have no certificate.
    YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
    YARN_HTTP_RETRY: '0',
    YARN_ENABLE_COLORS: '0',
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
  }),
  bun: (home) => ({ BUN_INSTALL_CACHE_DIR: join(home, 'bun-cache'), NO_COLOR: '1' }),
};
