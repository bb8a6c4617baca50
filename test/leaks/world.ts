import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { type SeenRequest, seenRequest } from '../registry-servers/support/recording.ts';
import { answerAt } from './answers.ts';
import { type Authority, makeAuthority } from './certificates.ts';

/** A request as received by a server of the world. */
export interface Heard extends SeenRequest {
  /** Scheme, host and port of the requested server. */
  readonly origin: string;
  /** The proxy that forwarded and read it; undefined for none, or for the user's own. */
  readonly via: string | undefined;
}

/** All existing servers, on loopback: hosts of any name behind a proxy, and some with a port of their own. */
export interface World {
  readonly requests: readonly Heard[];
  readonly authority: Authority;
  /** URLs on loopback without a proxy, by role, without a trailing slash. */
  readonly direct: { readonly vault: string; readonly thief: string };
  /** A proxy that a project configures. */
  readonly thiefProxy: string;
  /** Makes every program that respects these variables send everything but loopback requests to this world. */
  readonly env: Readonly<Record<string, string>>;
  /** Returns the requests since the last call. */
  take(): readonly Heard[];
  close(): Promise<void>;
}

/** The member of a socket that holds the origin of its requests. */
const WHERE = Symbol('where');
type Placed = Socket & { [WHERE]?: { readonly origin: string; readonly via: string | undefined } };

/** Starts the world. Every host is a registry that has every package: see `answerAt`. */
export async function startWorld(caFile: string): Promise<World> {
  const authority = makeAuthority();
  const certified = new Map<string, { cert: string; key: string }>();
  const requests: Heard[] = [];
  const servers: ReturnType<typeof createServer>[] = [];
  const sockets = new Set<Socket>();

  const certify = (host: string) => {
    const known = certified.get(host) ?? authority.certify(host);
    certified.set(host, known);
    return known;
  };
  const answer = async (message: IncomingMessage, response: ServerResponse, own: string, via?: string) => {
    const place = (message.socket as Placed)[WHERE];
    const request = await seenRequest(message);
    // A proxy for plain http receives the whole URL.
    const url = new URL(request.path, place?.origin ?? own);
    const origin = place?.origin ?? (/^https?:/i.test(request.path) ? url.origin : own);
    requests.push({ ...request, origin, via: place === undefined ? via : place.via });
    const { status, headers, body } = answerAt(origin, `${url.pathname}${url.search}`, request);
    response.writeHead(status, headers).end(body);
  };
  /** Starts a server. `via` is undefined for the user's own proxy, which reads as much but is not a trap. */
  const listen = async (isProxy: boolean, isTrap: boolean): Promise<string> => {
    let own = '';
    const server = createServer((message, response) => {
      const via = isTrap && /^https?:/i.test(message.url ?? '') ? own : undefined;
      answer(message, response, own, via).catch((error: unknown) =>
        response.writeHead(500).end(String(error)),
      );
    });
    if (isProxy) {
      server.on('connect', (message, socket: Placed) => {
        const { host, port, origin } = wanted(message.url ?? '');
        const via = isTrap ? own : undefined;
        const headers = Object.fromEntries(
          Object.entries(message.headers).map(([name, value]) => [name, String(value)]),
        );
        const asked = { method: 'CONNECT', host: message.url ?? '', path: '', headers, body: '' };
        requests.push({ ...asked, origin, via });
        socket.on('error', () => undefined);
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        let inner: Placed = socket;
        if (port !== '80') {
          inner = new TLSSocket(socket, {
            isServer: true,
            secureContext: createSecureContext(certify(host)),
          });
          inner.on('error', () => undefined);
        }
        inner[WHERE] = { origin, via };
        server.emit('connection', inner);
      });
    }
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    servers.push(server);
    return own;
  };

  const proxy = await listen(true, false);
  const vault = await listen(false, false);
  const thief = await listen(false, false);
  const thiefProxy = await listen(true, true);
  return {
    requests,
    authority,
    direct: { vault, thief },
    thiefProxy,
    env: {
      ...{ HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: '127.0.0.1,localhost' },
      NODE_EXTRA_CA_CERTS: caFile,
    },
    take: () => requests.splice(0),
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** Parses `host:port` of a CONNECT to an origin. */
function wanted(authority: string): {
  readonly host: string;
  readonly port: string;
  readonly origin: string;
} {
  const colon = authority.lastIndexOf(':');
  const [host, port] = [authority.slice(0, colon), authority.slice(colon + 1)];
  const scheme = port === '80' ? 'http' : 'https';
  const url = `${scheme}://${authority}`;
  return { host, port, origin: URL.canParse(url) ? new URL(url).origin : url };
}
