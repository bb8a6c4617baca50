import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createProxy } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { pathToFileURL } from 'node:url';
import type { Transport } from '../../../server/src/core/know/registry/access/transport.ts';
import type { HttpResult } from '../../../server/src/engine/ports.ts';
import { createUndiciHttp, type UndiciHttp } from '../../../server/src/node/http/undici-http.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/certificates');
const pem = (file: string) => readFileSync(join(FOLDER, file), 'utf8');
/** As named by a setting in an .npmrc in the folder. */
const named = (path: string) => ({ path, beside: pathToFileURL(join(FOLDER, '.npmrc')).href });

const PLAIN: Transport = {
  proxy: undefined,
  noProxy: undefined,
  ca: undefined,
  cafile: undefined,
  client: undefined,
  strictSsl: true,
  laxnessIgnored: false,
  ofProject: '',
};
const TRUSTED: Transport = { ...PLAIN, ca: pem('ca.pem') };
const CLIENT = { certfile: named('client.pem'), keyfile: named('client.key') };

describe('requests over the configured transport', () => {
  let http: UndiciHttp;
  let server: Server;
  let expired: Server;
  let strict: Server;
  /** The clients of the strict server, by their certificates. */
  const clients: (string | undefined)[] = [];

  const listen = async (options: ServerOptions, answer: (path: string) => string): Promise<Server> => {
    const started = createServer(options, (request, response) => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate();
      if (options.requestCert === true) clients.push(subject?.CN as string | undefined);
      if (request.url?.startsWith('/to/') === true) {
        response.writeHead(302, { location: decodeURIComponent(request.url.slice(4)) }).end();
      } else {
        response.end(answer(request.url ?? ''));
      }
    });
    await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
    return started;
  };
  const urlOf = (of: Server) => `https://localhost:${(of.address() as AddressInfo).port}/`;
  const get = (url: string, transport: Transport | undefined): Promise<HttpResult> =>
    http.get({ url, headers: {}, timeoutMs: 20_000, maxBytes: 1_000_000, signal: undefined, transport });
  const close = (of: Server) =>
    new Promise<void>((resolve) => {
      of.close(() => resolve());
      of.closeAllConnections();
    });

  before(async () => {
    http = createUndiciHttp({ userAgent: 'x', environment: {} });
    server = await listen({ cert: pem('server.pem'), key: pem('server.key') }, () => 'hello');
    expired = await listen({ cert: pem('expired.pem'), key: pem('expired.key') }, () => 'hello');
    const wantsClient = { requestCert: true, rejectUnauthorized: false, ca: pem('ca.pem') };
    strict = await listen({ cert: pem('server.pem'), key: pem('server.key'), ...wantsClient }, () => 'hello');
  });
  after(async () => {
    await http.dispose();
    await Promise.all([server, expired, strict].map(close));
  });

  test('a certificate that nobody vouches for ends it, and why is told', async () => {
    const result = await get(urlOf(server), undefined);
    assert.deepEqual(result, {
      type: 'failed',
      detail:
        'has a certificate of an authority that is not trusted here (cafile, or httpsCaFilePath for Yarn, can name it)',
    });
    assert.deepEqual(await get(urlOf(server), { ...PLAIN, laxnessIgnored: true }), {
      type: 'failed',
      detail:
        'has a certificate of an authority that is not trusted here (cafile, or httpsCaFilePath for Yarn, can name it); ' +
        "the project's setting that switches this check off is ignored",
    });
  });

  test('authorities of the configuration are believed', async () => {
    const paths: readonly Partial<Transport>[] = [
      { ca: pem('ca.pem') },
      { cafile: named('ca.pem') },
      { cafile: { path: join(FOLDER, 'ca.pem'), beside: undefined } },
      { strictSsl: false },
    ];
    for (const way of paths) {
      const result = await get(urlOf(server), { ...PLAIN, ...way });
      assert.ok(result.type === 'answer' && result.body === 'hello', JSON.stringify(result));
    }
  });

  test('a file that is not there counts for nothing, one that cannot be read is told', async () => {
    const missing = await get(urlOf(server), { ...PLAIN, cafile: named('none.pem') });
    assert.ok(missing.type === 'failed' && missing.detail.includes('an authority that is not trusted'));
    assert.deepEqual(await get(urlOf(server), { ...PLAIN, cafile: named('.') }), {
      type: 'failed',
      detail: 'cannot be asked: the configured file of certificate authorities is a folder',
    });
  });

  test('a file without an end, or that nobody writes to, is refused at once', {
    skip: process.platform === 'win32',
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'transport-'));
    const pipe = join(folder, 'pipe.pem');
    execFileSync('mkfifo', [pipe]);
    const detail = (what: string) => `cannot be asked: the configured file of ${what} is not a regular file`;
    const certfile = (path: string) => ({
      certfile: { path, beside: undefined },
      keyfile: { path, beside: undefined },
    });
    try {
      for (const path of [pipe, '/dev/urandom', '/dev/zero']) {
        const from = await get(urlOf(server), { ...PLAIN, cafile: { path, beside: undefined } });
        assert.deepEqual(from, { type: 'failed', detail: detail('certificate authorities') }, path);
        const client = await get(urlOf(server), { ...PLAIN, client: certfile(path) });
        assert.ok(client.type === 'failed' && client.detail.endsWith('is not a regular file'), path);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a certificate that is out of time, by the clock of this machine', async () => {
    assert.deepEqual(await get(urlOf(expired), TRUSTED), {
      type: 'failed',
      detail: 'has a certificate that has expired, by the clock of this machine',
    });
  });

  test('a client certificate is shown to its registry, and to no other host after a redirect', async () => {
    clients.length = 0;
    const mine = { ...TRUSTED, client: CLIENT };
    assert.equal((await get(urlOf(strict), mine)).type, 'answer');
    assert.equal((await get(urlOf(strict), TRUSTED)).type, 'answer');
    assert.equal((await get(`${urlOf(server)}to/${encodeURIComponent(urlOf(strict))}`, mine)).type, 'answer');
    assert.equal((await get(`${urlOf(strict)}to/${encodeURIComponent('/there')}`, mine)).type, 'answer');
    assert.deepEqual(clients, ['Test client', undefined, undefined, 'Test client', 'Test client']);
  });

  test('a configured proxy is used, with its password, but not for the hosts it leaves out', async () => {
    const seen: string[] = [];
    const proxy = createProxy().on('connect', (request, socket, head) => {
      seen.push(`${request.url} ${request.headers['proxy-authorization']}`);
      const port = Number(request.url!.split(':').at(-1));
      const target = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        target.write(head);
        target.pipe(socket).pipe(target);
      });
      for (const end of [socket, target]) end.on('error', () => {});
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    const proxied = { ...TRUSTED, proxy: `http://user:pass@127.0.0.1:${port}` };
    try {
      assert.equal((await get(urlOf(server), proxied)).type, 'answer');
      assert.deepEqual(seen, [
        `${new URL(urlOf(server)).host} Basic ${Buffer.from('user:pass').toString('base64')}`,
      ]);
      assert.equal((await get(urlOf(server), { ...proxied, noProxy: 'other, localhost' })).type, 'answer');
      assert.equal(seen.length, 1);
    } finally {
      await http.dispose();
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    }
    assert.deepEqual(await get(urlOf(server), proxied), {
      type: 'failed',
      detail: 'cannot be reached through the configured proxy',
    });
    assert.deepEqual(await get(urlOf(server), { ...PLAIN, proxy: 'true' }), {
      type: 'failed',
      detail: 'has a configured proxy with an invalid URL',
    });
  });

  test("the check of a proxy's certificate is switched off for the environment's proxy only", async () => {
    const proxy = await listen({ cert: pem('server.pem'), key: pem('server.key') }, () => 'through');
    const variables = { http_proxy: urlOf(proxy), DEPHYGIENE_PROXY_STRICT_SSL: 'false' };
    const lax = createUndiciHttp({ userAgent: 'x', environment: variables });
    const strictly = createUndiciHttp({ userAgent: 'x', environment: { http_proxy: urlOf(proxy) } });
    const request = { headers: {}, timeoutMs: 20_000, maxBytes: 1_000_000, signal: undefined };
    const url = 'http://registry.example.test/';
    const configured = { ...PLAIN, proxy: urlOf(proxy) };
    try {
      const answer = await lax.get({ url, ...request });
      assert.equal(answer.type === 'answer' && answer.body, 'through');
      assert.equal((await strictly.get({ url, ...request })).type, 'failed');
      assert.equal((await lax.get({ url, ...request, transport: configured })).type, 'failed');
      assert.equal((await lax.get({ url: urlOf(server), ...request })).type, 'failed');
    } finally {
      await Promise.all([lax.dispose(), strictly.dispose(), close(proxy)]);
    }
  });
});
