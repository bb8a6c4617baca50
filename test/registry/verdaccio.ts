import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

/** A real Verdaccio on loopback. */
export interface Verdaccio {
  /** With a slash at its end. */
  readonly url: string;
  /** A token of a user who may publish. */
  readonly token: string;
  stop(): Promise<void>;
}

/**
 * Starts Verdaccio with its storage in `folder`. Packages whose name has no rule of their own come from `uplink`;
 * `ownNames` are only those that are published here; `@private/*` scopes need a login to read.
 * Install it first: `npm ci --ignore-scripts --prefix test/registry`.
 */
export async function startVerdaccio(options: {
  readonly folder: string;
  readonly uplink: string | undefined;
  readonly ownNames: readonly string[];
  readonly privateScopes: readonly string[];
}): Promise<Verdaccio> {
  const { folder, uplink, ownNames, privateScopes } = options;
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const config = {
    storage: path.join(folder, 'storage'),
    auth: { htpasswd: { file: path.join(folder, 'htpasswd') } },
    ...(uplink === undefined ? {} : { uplinks: { upstream: { url: uplink, cache: false } } }),
    packages: Object.fromEntries([
      ...privateScopes.map((scope) => [
        `${scope}/*`,
        { access: '$authenticated', publish: '$authenticated' },
      ]),
      ...ownNames.map((name) => [name, { access: '$all', publish: '$authenticated' }]),
      [
        '**',
        { access: '$all', publish: '$authenticated', ...(uplink === undefined ? {} : { proxy: 'upstream' }) },
      ],
    ]),
    log: { type: 'file', path: path.join(folder, 'log'), level: 'warn' },
  };
  const file = path.join(folder, 'config.json');
  writeFileSync(file, JSON.stringify(config));
  const program = path.join(import.meta.dirname, 'node_modules/verdaccio/bin/verdaccio');
  const child = spawn(process.execPath, [program, '--config', file, '--listen', `127.0.0.1:${port}`], {
    stdio: 'ignore',
  });
  try {
    await untilReady(url, child);
    return { url, token: await createUser(url), stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

async function createUser(url: string): Promise<string> {
  const name = 'fixtures';
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
  for (let attempt = 0; attempt < 150; attempt++) {
    if (child.exitCode !== null) throw new Error(`Verdaccio ended with ${child.exitCode}`);
    const answered = await fetch(`${url}-/ping`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('Verdaccio did not answer within 30 s');
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

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
