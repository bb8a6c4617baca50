import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATIENCE } from './patience.ts';

export interface EditorOptions {
  /** The folder returned by `ensureEditor`. */
  readonly editor: string;
  /** False switches workspace trust off, so that every folder counts as trusted; true starts in Restricted Mode. */
  readonly workspaceTrust: boolean;
  /** A secret that each request must carry. Without it, any page on this machine can drive the server: tests only. */
  readonly connectionToken?: string;
  /** The folder of settings, logs and installed extensions of this server. */
  readonly serverDataDir: string;
  /** By default, the system picks a free one. */
  readonly port?: number;
  /** User settings, written before the start. */
  readonly userSettings?: Readonly<Record<string, unknown>>;
  /** Settings of the machine: those with `machine` scope are read only from here. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /** Environment variables in addition to this process's own. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Pairs that the workbench reads from the page's URL, such as `['openFile', editor.remoteUri(path)]`. */
export type Payload = readonly (readonly [key: string, value: string])[];

export interface Editor {
  readonly port: number;
  /** Returns the URL that opens a folder (an absolute path) in the workbench. */
  readonly url: (folder: string, payload?: Payload) => string;
  /** Returns the URI by which the workbench knows a file of this machine. */
  readonly remoteUri: (path: string) => string;
  /** Ends the server and all processes that it started. */
  readonly stop: () => Promise<void>;
  /** Settles when the server has ended, by itself or because it was stopped. */
  readonly ended: Promise<void>;
  readonly log: { readonly path: string; readonly tail: (lines: number) => string };
}

/** Starts the editor's server on loopback and resolves once it listens. */
export async function startEditor(options: EditorOptions): Promise<Editor> {
  const { serverDataDir, connectionToken } = options;
  writeSettings(join(serverDataDir, 'data', 'User'), options.userSettings);
  writeSettings(join(serverDataDir, 'data', 'Machine'), options.machineSettings);

  const child = spawn(process.execPath, serverArguments(options), {
    env: serverEnvironment(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that the extension hosts which the server forks end with it.
    detached: true,
  });
  const end = () => killGroup(child);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  endWithThisProcess(end, ended);

  const logPath = join(serverDataDir, 'server.log');
  const logFile = createWriteStream(logPath);
  child.stdout.pipe(logFile, { end: false });
  child.stderr.pipe(logFile, { end: false });
  void ended.then(() => logFile.end());
  const log = { path: logPath, tail: (lines: number) => tailOf(logPath, lines) };

  let port: number;
  try {
    port = await listeningPort(child);
  } catch (error) {
    end();
    throw new Error(`The editor server did not start: ${String(error)}\n${log.tail(20)}`);
  }
  const remoteUri = (path: string) => `vscode-remote://127.0.0.1:${port}${encodeURI(path)}`;
  const url = (folder: string, payload: Payload = []) => {
    const query = [`folder=${encodeURIComponent(folder).replaceAll('%2F', '/')}`];
    if (connectionToken !== undefined) query.unshift(`tkn=${connectionToken}`);
    if (payload.length > 0) query.push(`payload=${encodeURIComponent(JSON.stringify(payload))}`);
    return `http://127.0.0.1:${port}/?${query.join('&')}`;
  };
  const stop = async () => {
    end();
    await ended;
  };
  return { port, url, remoteUri, stop, ended, log };
}

function serverArguments(options: EditorOptions): string[] {
  // The package's own front end drops --enable-smoke-test-driver, without which the page ignores the extension in the
  // payload, so the server itself is started.
  const args = [
    join(options.editor, 'out', 'server-main.js'),
    '--host=127.0.0.1',
    `--port=${options.port ?? 0}`,
  ];
  args.push(
    '--accept-server-license-terms',
    '--telemetry-level=off',
    `--server-data-dir=${options.serverDataDir}`,
  );
  if (options.connectionToken === undefined) {
    args.push('--without-connection-token', '--enable-smoke-test-driver');
  } else {
    args.push(`--connection-token=${options.connectionToken}`);
  }
  if (!options.workspaceTrust) args.push('--disable-workspace-trust');
  return args;
}

/** Returns the environment as in a person's shell, without variables from npm, Node's test runner or another editor. */
function serverEnvironment(extra: EditorOptions['env']): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_|VSCODE_|NODE_OPTIONS$|NODE_TEST_|ELECTRON_|INIT_CWD$)/.test(name),
  );
  // An empty gallery: no look-up of extensions on an outside host.
  return { ...Object.fromEntries(kept), EXTENSIONS_GALLERY: '{}', ...extra };
}

function writeSettings(folder: string, settings: Readonly<Record<string, unknown>> = {}): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`);
}

/** Returns the port that the server reports. */
function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let seen = '';
    const timer = setTimeout(() => reject(new Error('it did not listen in time')), PATIENCE);
    child.stdout?.on('data', (chunk: Buffer) => {
      if (seen.length > 100_000) return;
      seen += chunk.toString();
      const port = /agent listening on (\d+)/.exec(seen)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`it ended with code ${code}`));
    });
  });
}

/** Turns signals into an exit as long as the server runs, as Node runs no exit handler when a signal ends it. */
function endWithThisProcess(end: () => void, ended: Promise<void>): void {
  const exit = () => process.exit(130);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  process.once('exit', end);
  for (const signal of signals) process.once(signal, exit);
  void ended.then(() => {
    process.off('exit', end);
    for (const signal of signals) process.off(signal, exit);
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The whole group has ended already.
  }
}

function tailOf(path: string, lines: number): string {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}
