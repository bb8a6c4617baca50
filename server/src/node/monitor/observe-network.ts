import { subscribe } from 'node:diagnostics_channel';
import dns from 'node:dns';
import net from 'node:net';
import type { Recorder } from './recorder.ts';
import { wrap } from './wrap.ts';

const LOOKUPS = [
  ...['lookup', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCaa'],
  ...['resolveCname', 'resolveMx', 'resolveNaptr', 'resolveNs', 'resolvePtr', 'resolveSoa', 'resolveSrv'],
  ...['resolveTlsa', 'resolveTxt', 'reverse'],
];

/** Published when a request is made; by earlier versions only when it is sent. */
const REQUEST_CHANNELS = ['http.client.request.created', 'http.client.request.start'];

/** Records connections, requests, servers and names that are looked up: hosts and ports, no paths. */
export function observeNetwork(recorder: Recorder): void {
  const uses = (detail: string) => recorder.use('network', detail);
  const requests = new WeakSet<object>();
  for (const channel of REQUEST_CHANNELS)
    subscribe(channel, (message) => {
      const { request } = message as { request: { protocol?: string; getHeader(name: string): unknown } };
      if (requests.has(request)) return;
      requests.add(request);
      const host = request.getHeader('host');
      if (typeof host === 'string') uses(withPort(host, request.protocol));
    });
  subscribe('udp.socket', () => uses('UDP'));
  wrap(globalThis, 'fetch', ([input]) => {
    const url = typeof input === 'object' && input !== null && 'url' in input ? input.url : input;
    const { protocol, host } = new URL(String(url));
    if (protocol === 'http:' || protocol === 'https:') uses(withPort(host, protocol));
  });
  wrap(net.Socket.prototype, 'connect', (args) => {
    const target = targetOf(args);
    // A request is recorded by itself, whatever connection it takes.
    if (target !== undefined) recorder.use('network', target, { except: 'node:_http_client' });
  });
  wrap(net.Server.prototype, 'listen', (args) => {
    const { port, path } = optionsOf(args);
    if (path !== undefined) uses(`listens on ${path}`);
    else uses(port === undefined || port === '0' ? 'listens' : `listens on port ${port}`);
  });
  const looked = ([name]: readonly unknown[]) => {
    if (typeof name === 'string' && name !== '') uses(`looks up ${name}`);
  };
  const holders = [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype];
  for (const holder of holders) for (const name of LOOKUPS) wrap(holder, name, looked);
}

interface Target {
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly path?: string | undefined;
}

/** Reads the arguments of `connect` and `listen`, which Node.js itself passes as one list. */
function optionsOf(args: readonly unknown[]): Target {
  const [first, second] = Array.isArray(args[0]) ? (args[0] as readonly unknown[]) : args;
  if (typeof first === 'object' && first !== null) {
    const { host, port, path } = first as Readonly<Record<string, unknown>>;
    return { host: textOf(host), port: textOf(port), path: textOf(path) };
  }
  const text = textOf(first);
  if (text === undefined || /^\d+$/.test(text))
    return { port: text, host: typeof second === 'string' ? second : undefined };
  return { path: text };
}

function targetOf(args: readonly unknown[]): string | undefined {
  const { host = 'localhost', port, path } = optionsOf(args);
  if (path !== undefined) return path;
  return port === undefined ? undefined : `${host}:${port}`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function withPort(host: string, protocol: string | undefined): string {
  return /:\d+$/.test(host) ? host : `${host}:${protocol === 'https:' ? 443 : 80}`;
}
