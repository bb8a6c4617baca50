import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeHome } from './home.ts';
import { npm } from './npm.ts';

/** A real Verdaccio on loopback, in a separate process. */
export interface Verdaccio {
  /** With a trailing slash. */
  readonly url: string;
  /** A token of a user who may read everything and publish. */
  readonly token: string;
  /** The line of an .npmrc that configures the token for this registry and no other. */
  readonly tokenLine: string;
  /**
   * Publishes a package of ours with the real npm client; missing members of the manifest are filled in.
   * @param code its index.js
   */
  publish(manifest: PublishedManifest, code?: string): Promise<void>;
  /** Ends the process, and removes its storage. */
  stop(): Promise<void>;
}

export interface PublishedManifest {
  readonly name: string;
  readonly version: string;
  readonly [field: string]: unknown;
}

export interface VerdaccioOptions {
  /** Scopes that are hidden from clients without a token. */
  readonly privateScopes?: readonly string[];
  /** The source of packages that are not published here; none by default. */
  readonly uplink?: string;
  /** With an uplink: names that never come from it. */
  readonly ownNames?: readonly string[];
}

/**
 * Starts Verdaccio on a free port, with its storage, its configuration and its users in a temporary folder. Install it
 * first: `node test/install.ts test/registry-servers`.
 */
export async function startVerdaccio(options: VerdaccioOptions = {}): Promise<Verdaccio> {
  const folder = mkdtempSync(path.join(tmpdir(), 'verdaccio-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const file = path.join(folder, 'config.json');
  writeFileSync(file, JSON.stringify(configuration(folder, options)));
  const program = path.join(import.meta.dirname, '../node_modules/verdaccio/bin/verdaccio');
  const child = spawn(process.execPath, [program, '--config', file, '--listen', `127.0.0.1:${port}`], {
    stdio: 'ignore',
  });
  const endWithTests = () => child.kill();
  process.once('exit', endWithTests);
  const stop = async () => {
    process.off('exit', endWithTests);
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(url, child);
    const token = await createUser(url);
    const tokenLine = `//127.0.0.1:${port}/:_authToken=${token}\n`;
    const home = makeHome({ folder: path.join(folder, 'home'), npmrc: `registry=${url}\n${tokenLine}` });
    const publish = (manifest: PublishedManifest, code = '') => publishFrom(folder, manifest, code, home.env);
    return { url, token, tokenLine, publish, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function configuration(
  folder: string,
  { privateScopes = [], uplink, ownNames = [] }: VerdaccioOptions,
): object {
  const authenticated = { access: '$authenticated', publish: '$authenticated' };
  const own = { access: '$all', publish: '$authenticated' };
  return {
    storage: path.join(folder, 'storage'),
    auth: { htpasswd: { file: path.join(folder, 'htpasswd') } },
    uplinks: uplink === undefined ? {} : { upstream: { url: uplink, cache: false } },
    packages: {
      ...Object.fromEntries(privateScopes.map((scope) => [`${scope}/*`, authenticated])),
      ...Object.fromEntries(ownNames.map((name) => [name, own])),
      '**': uplink === undefined ? own : { ...own, proxy: 'upstream' },
    },
    web: { enable: false },
    log: { type: 'file', path: path.join(folder, 'log'), level: 'warn' },
  };
}

async function publishFrom(
  folder: string,
  manifest: PublishedManifest,
  code: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const source = path.join(folder, 'sources', `${manifest.name.replace('/', '+')}@${manifest.version}`);
  mkdirSync(source, { recursive: true });
  const whole = { license: 'MIT', main: 'index.js', description: 'Made for tests.', ...manifest };
  writeFileSync(path.join(source, 'package.json'), JSON.stringify(whole, undefined, 2));
  writeFileSync(path.join(source, 'index.js'), code);
  const { code: ended, output } = await npm(
    ['publish', '--ignore-scripts', '--access', 'public'],
    source,
    env,
  );
  if (ended !== 0) throw new Error(`npm did not publish ${manifest.name}: ${output}`);
}

async function createUser(url: string): Promise<string> {
  const name = 'tests';
  const response = await fetch(`${url}-/user/org.couchdb.user:${name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password: 'only-for-loopback' }),
  });
  const answer = (await response.json()) as { token?: string };
  if (answer.token === undefined) throw new Error(`Verdaccio made no user: ${response.status}`);
  return answer.token;
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`Verdaccio ended with ${child.exitCode}`);
    const answered = await fetch(`${url}-/ping`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('Verdaccio timed out after 60 s');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill();
  });
}
