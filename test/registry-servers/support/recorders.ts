import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Recording, type SeenRequest, seenRequest } from './recording.ts';

export interface Recorder extends Recording {
  /** With a trailing slash. */
  readonly url: string;
  /** Clears the recorded requests. */
  forget(): void;
  close(): Promise<void>;
}

/** Starts a proxy for a server on loopback that records requests and forwards them. */
export async function startRecorder(target: string): Promise<Recorder> {
  const requests: SeenRequest[] = [];
  const server = createServer(async (message, response) => {
    const request = await seenRequest(message);
    requests.push(request);
    const { method, headers } = message;
    const passedOn = send(new URL(request.path, target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passedOn.on('error', () => response.destroy());
    passedOn.end(request.body);
  });
  return listen(server, requests);
}

export interface Outside extends Recorder {
  /** Makes every program that respects these variables send everything but loopback requests here. */
  readonly env: Readonly<Record<string, string>>;
}

/** Represents the rest of the world: a proxy that records requested hosts, and lets nothing through. */
export async function startOutside(): Promise<Outside> {
  const requests: SeenRequest[] = [];
  const server = createServer(async (message, response) => {
    requests.push(await seenRequest(message));
    response.writeHead(502).end();
  });
  server.on('connect', ({ url = '', headers }, socket) => {
    requests.push({
      method: 'CONNECT',
      host: url,
      path: '',
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      body: '',
    });
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  const recorder = await listen(server, requests);
  const env = { HTTP_PROXY: recorder.url, HTTPS_PROXY: recorder.url, NO_PROXY: '127.0.0.1,localhost' };
  return { ...recorder, env };
}

async function listen(server: ReturnType<typeof createServer>, requests: SeenRequest[]): Promise<Recorder> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    forget: () => {
      requests.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
