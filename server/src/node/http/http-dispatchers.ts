import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { getCACertificates } from 'node:tls';
import { fileURLToPath } from 'node:url';
import type { Dispatcher } from 'undici';
import type { NamedFile, Transport } from '../../core/know/registry/access/transport.ts';
import { reasonOf } from '../files/file-problem.ts';
import { readBoundedText } from '../files/read-bounded.ts';

type Undici = typeof import('undici');
type Environment = Readonly<Record<string, string | undefined>>;

/** Keeps connections open, separately for each transport. */
export interface Dispatchers {
  /** Rejects if a file named in the configuration cannot be read. */
  for(transport: Transport | undefined): Promise<Dispatcher>;
  dispose(): Promise<void>;
}

/** The content of a file named in the configuration is unusable. */
export class TransportError extends Error {}

/** The variable that switches off the check of the certificate of the environment's proxy, and of no other one. */
const PROXY_STRICT_SSL = 'DEPHYGIENE_PROXY_STRICT_SSL';
const CONNECTIONS_PER_HOST = 6;
const MAX_DISPATCHERS = 16;
const MAX_FILE = 10 * 1024 * 1024;
const FILE_TIMEOUT_MS = 10_000;

export function createDispatchers(undici: Undici, environment: Environment): Dispatchers {
  const made = new Map<string, Promise<Dispatcher>>();
  return {
    for(transport) {
      const key = transport === undefined ? '' : JSON.stringify(transport);
      const known = made.get(key);
      if (known !== undefined) return known;
      const dispatcher = createDispatcher(undici, transport, environment);
      made.set(key, dispatcher);
      // The file may exist next time.
      dispatcher.catch(() => made.delete(key));
      const [oldest] = made;
      if (made.size > MAX_DISPATCHERS && oldest !== undefined) {
        made.delete(oldest[0]);
        void oldest[1].then((old) => old.close()).catch(() => undefined);
      }
      return dispatcher;
    },
    async dispose() {
      const all = [...made.values()];
      made.clear();
      await Promise.allSettled(all.map(async (each) => (await each).destroy()));
    },
  };
}

async function createDispatcher(
  undici: Undici,
  transport: Transport | undefined,
  environment: Environment,
): Promise<Dispatcher> {
  const variable = (name: string) => environment[name] ?? environment[name.toUpperCase()] ?? '';
  const tls = transport === undefined ? undefined : await tlsOptions(transport);
  const proxy = transport?.proxy;
  if (proxy !== undefined && proxy !== '' && !/^(?:https?|socks5?):$/.test(protocolOf(proxy))) {
    throw new TransportError('has a configured proxy with an invalid URL');
  }
  const isLax = proxy === undefined && environment[PROXY_STRICT_SSL] === 'false';
  // An empty string keeps undici from reading the process environment.
  return new undici.EnvHttpProxyAgent({
    httpProxy: proxy ?? variable('http_proxy'),
    httpsProxy: proxy ?? variable('https_proxy'),
    noProxy: transport?.noProxy ?? variable('no_proxy'),
    connections: CONNECTIONS_PER_HOST,
    ...(tls === undefined ? {} : { connect: tls, requestTls: tls }),
    proxyTls: {
      ...(tls === undefined ? {} : withoutClient(tls)),
      ...(isLax ? { rejectUnauthorized: false } : {}),
    },
  });
}

interface TlsOptions {
  readonly ca?: string[];
  readonly cert?: string;
  readonly key?: string;
  readonly rejectUnauthorized?: false;
}

/**
 * Returns the TLS options. Configured authorities replace the platform's, as in npm, except for those that the user
 * added for all programs.
 */
async function tlsOptions({ ca, cafile, client, strictSsl }: Transport): Promise<TlsOptions> {
  const [fromFile, cert, key] = await Promise.all([
    readNamed(cafile, 'certificate authorities'),
    readNamed(client?.certfile, 'the client certificate'),
    readNamed(client?.keyfile, "the client certificate's key"),
  ]);
  const own = [ca, fromFile].filter((text) => text !== undefined);
  return {
    ...(own.length === 0 ? {} : { ca: [...own, ...getCACertificates('extra')] }),
    ...(cert === undefined || key === undefined ? {} : { cert, key }),
    ...(strictSsl ? {} : { rejectUnauthorized: false }),
  };
}

/** Removes the client certificate for the proxy, as it was configured for another host. */
function withoutClient({ cert: _cert, key: _key, ...tls }: TlsOptions): TlsOptions {
  return tls;
}

/** Reads a file; a missing one is ignored, as in npm. */
async function readNamed(file: NamedFile | undefined, what: string): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const path = absolute(file.path, file.beside);
  try {
    return await readBoundedText(path, { maxBytes: MAX_FILE, timeoutMs: FILE_TIMEOUT_MS });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    const reason = reasonOf(error) ?? 'cannot be read';
    throw new TransportError(`cannot be asked: the configured file of ${what} ${reason}`);
  }
}

function absolute(path: string, beside: string | undefined): string {
  if (path.startsWith('~/')) return join(homedir(), path.slice(2));
  if (isAbsolute(path) || beside === undefined) return path;
  return join(dirname(fileURLToPath(beside)), path);
}

function protocolOf(address: string): string {
  return URL.canParse(address) ? new URL(address).protocol : '';
}
