import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative, sep } from 'node:path';
import { CLI, type Ended } from '../cli/run-cli.ts';
import type { Advisories } from '../registry-servers/support/advisories.ts';
import type { PackageFixture } from '../registry-servers/support/package-fixture.ts';
import {
  type RecordedRegistry,
  startRecordedRegistry,
} from '../registry-servers/support/recorded-registry.ts';
import { type Outside, startOutside } from '../registry-servers/support/recorders.ts';

/** The token of the private registry, made at run time. */
export const TOKEN = `token-of-${process.pid}-${Date.now()}`;

/** A machine with package managers, a user, a registry that stands for the public one, and a private one. */
export interface World {
  readonly open: RecordedRegistry;
  readonly hidden: RecordedRegistry;
  readonly outside: Outside;
  readonly folder: string;
  /** Writes a project, and returns its folder. */
  project(files: Readonly<Record<string, string | object>>): string;
  /** Runs a program of the machine in a folder, with a home of its own below the project's. */
  run(command: readonly string[], cwd: string, env?: Readonly<Record<string, string>>): Promise<Ended>;
  /** Does the same with the built command line. */
  guard(args: readonly string[], cwd: string, env?: Readonly<Record<string, string>>): Promise<Ended>;
  /** The environment of programs in a project. */
  environment(cwd: string): Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly packages: readonly PackageFixture[];
  readonly hidden?: readonly PackageFixture[];
  readonly advisories?: Advisories;
  /** By the name of the program. */
  readonly managers?: Readonly<Record<string, readonly string[]>>;
}

export async function startWorld({
  packages,
  hidden = [],
  advisories,
  managers = {},
}: WorldOptions): Promise<World> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'guard-world-')));
  const [open, closed, outside] = await Promise.all([
    startRecordedRegistry({ packages, ...(advisories === undefined ? {} : { advisories }) }),
    startRecordedRegistry({ packages: hidden, token: TOKEN, advisories: 'unsupported' }),
    startOutside(),
  ]);
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const [name, command] of Object.entries(managers)) {
    const words = command.map((word) => `'${word}'`).join(' ');
    writeFileSync(join(bin, name), `#!/bin/sh\nexec ${words} "$@"\n`);
    chmodSync(join(bin, name), 0o755);
  }
  let count = 0;
  const environment = (cwd: string) => ({
    PATH: [bin, dirname(process.execPath), process.env.PATH ?? ''].join(delimiter),
    ...environmentOf(join(folder, relative(folder, cwd).split(sep)[0] ?? '', 'home')),
    ...outside.env,
  });
  const start = (
    program: string,
    args: readonly string[],
    cwd: string,
    more: Readonly<Record<string, string>>,
  ) =>
    new Promise<Ended>((resolve, reject) => {
      const child = spawn(program, args, {
        cwd,
        env: { ...environment(cwd), ...more },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let [out, error] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, out, error }));
    });
  return {
    ...{ open, outside, folder, hidden: closed, environment },
    project(files) {
      const place = join(folder, `${++count}`);
      const project = join(place, 'shop');
      const own = {
        'dependency-hygiene.json': { mirrors: [open.url], privateScopes: ['@acme'] },
        ...files,
      };
      const user = {
        '.npmrc': `registry=${open.url}\n@acme:registry=${closed.url}\n${closed.tokenLine}`,
        '.yarnrc.yml': [
          `npmRegistryServer: "${open.url}"`,
          'unsafeHttpWhitelist: ["127.0.0.1"]',
          `npmScopes: { acme: { npmRegistryServer: "${closed.url}", npmAuthToken: "${TOKEN}", npmAlwaysAuth: true } }`,
          '',
        ].join('\n'),
        '.bunfig.toml': `[install]\nregistry = "${open.url}"\n[install.scopes]\nacme = { url = "${closed.url}", token = "${TOKEN}" }\n`,
      };
      for (const [path, content] of [
        ...Object.entries(own).map(([path, content]) => [join(project, path), content] as const),
        ...Object.entries(user).map(([path, content]) => [join(place, 'home', path), content] as const),
      ]) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(
          path,
          typeof content === 'string' ? content : `${JSON.stringify(content, undefined, 2)}\n`,
        );
      }
      return project;
    },
    run: ([program = '', ...args], cwd, more = {}) => start(program, args, cwd, more),
    guard: (args, cwd, more = {}) => start(process.execPath, [CLI, 'guard', ...args], cwd, more),
    async close() {
      await Promise.all([open.close(), closed.close(), outside.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Everything that a manager keeps lies below the home, so that nothing comes from a cache. */
function environmentOf(home: string): Readonly<Record<string, string>> {
  return {
    HOME: home,
    USERPROFILE: home,
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_STATE_HOME: join(home, 'state'),
    XDG_CONFIG_HOME: join(home, 'config'),
    LOCALAPPDATA: join(home, 'cache'),
    npm_config_globalconfig: join(home, 'no-npmrc'),
    npm_config_prefix: join(home, 'global'),
    npm_config_cache: join(home, 'npm-cache'),
    npm_config_update_notifier: 'false',
    npm_config_fetch_retries: '0',
    npm_config_fund: 'false',
    npm_config_audit: 'false',
    PNPM_HOME: join(home, 'pnpm'),
    YARN_GLOBAL_FOLDER: join(home, 'yarn'),
    YARN_ENABLE_TELEMETRY: '0',
    YARN_HTTP_RETRY: '0',
    BUN_INSTALL: join(home, 'bun'),
    BUN_INSTALL_CACHE_DIR: join(home, 'bun-cache'),
    NO_COLOR: '1',
  };
}

/** Returns the tarballs that were fetched, as `name@version`. */
export function fetchedTarballs(registry: RecordedRegistry): readonly string[] {
  return registry.requests.flatMap(({ path }) => {
    const match = /^\/((?:@[^/]+(?:\/|%2f))?[^/]+)\/-\/.*?-(\d+\.\d+\.\d+[^/]*)\.tgz$/i.exec(
      decodeURIComponent(path),
    );
    return match === null ? [] : [`${match[1]}@${match[2]}`];
  });
}
