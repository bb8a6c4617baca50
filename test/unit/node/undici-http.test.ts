import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { HttpRequest } from '../../../server/src/engine/ports.ts';
import { createAbortSource } from '../../../server/src/engine/registry/abort-source.ts';
import { redirectTarget } from '../../../server/src/node/http/http-redirect.ts';
import { createUndiciHttp, type UndiciHttp } from '../../../server/src/node/http/undici-http.ts';
import { type LoopbackServer, startServer } from '../know/registry/loopback-server.ts';
import { fakeHttpTimers } from './fake-http-timers.ts';

describe('http over undici', () => {
  let http: UndiciHttp;
  let server: LoopbackServer;
  let other: LoopbackServer;
  const time = fakeHttpTimers();
  /** The server's response to a path that never ends. */
  let slow: (response: ServerResponse) => void = () => {};

  before(async () => {
    http = createUndiciHttp({ userAgent: 'dephygiene/0.1.0', environment: {}, timers: time.timers });
    other = await startServer((_, response) => response.end('from the other'));
    server = await startServer(({ path }, response) => {
      switch (path) {
        case '/text':
          return response.writeHead(200, { ETag: '"7"', 'X-Two': ['a', 'b'] }).end('grüße');
        case '/packed':
          return response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('packed text'));
        case '/bomb':
          return response
            .writeHead(200, { 'content-encoding': 'gzip' })
            .end(gzipSync(Buffer.alloc(5_000_000)));
        case '/broken':
          return response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip at all');
        case '/half':
          return response.writeHead(200, { 'content-length': '100' }).write('half', () => response.destroy());
        case '/big':
          return response.end(Buffer.alloc(2_000_000, 'x'));
        case '/unchanged':
          return response.writeHead(304, { 'content-encoding': 'gzip' }).end();
        case '/away':
          return response.writeHead(302, { location: `${other.url}there` }).end('moved');
        case '/post-away':
          return response.writeHead(307, { location: `${other.url}there` }).end('moved');
        case '/post-around':
          return response.writeHead(308, { location: '/text' }).end();
        case '/part':
          return response.writeHead(206, { 'content-range': 'bytes 4-8/9' }).end('a part');
        case '/around':
          return response.writeHead(301, { location: '/text' }).end();
        case '/loop':
          return response.writeHead(302, { location: '/loop' }).end();
        case '/file':
          return response.writeHead(302, { location: 'file:///etc/passwd' }).end();
        case '/with-password':
          return response.writeHead(302, { location: server.url.replace('//', '//user:pass@') }).end();
        case '/never':
          return;
        case '/slow':
          return slow(response);
        default:
          return response.writeHead(404).end('nothing');
      }
    });
  });
  after(async () => {
    await http.dispose();
    await server.close();
    await other.close();
  });

  const get = (path: string, more: Partial<HttpRequest> = {}) =>
    http.get({
      url: server.url + path,
      headers: {},
      timeoutMs: 20_000,
      maxBytes: 1_000_000,
      signal: undefined,
      ...more,
    });

  test('an answer with its status, headers and text', async () => {
    const result = await get('text', { headers: { accept: 'application/json', authorization: 'Bearer t' } });
    assert.ok(result.type === 'answer');
    assert.equal(result.status, 200);
    assert.equal(result.body, 'grüße');
    assert.equal(result.headers.get('etag'), '"7"');
    assert.equal(result.headers.get('x-two'), 'a, b');
    const { headers } = server.seen.at(-1)!;
    assert.equal(headers['user-agent'], 'dephygiene/0.1.0');
    assert.equal(headers.authorization, 'Bearer t');
    assert.deepEqual(Object.keys(headers).sort(), [
      'accept',
      'accept-encoding',
      'authorization',
      'connection',
      'host',
      'user-agent',
    ]);
  });

  const post = (path: string, packed = true) =>
    http.post({
      ...{ url: server.url + path, headers: { authorization: 'Bearer t' }, json: '{"a":["1.0.0"]}', packed },
      ...{ timeoutMs: 20_000, maxBytes: 1_000_000, signal: undefined },
    });

  test('a question with a body, packed or not', async () => {
    for (const packed of [true, false]) {
      const result = await post('text', packed);
      assert.ok(result.type === 'answer' && result.body === 'grüße');
      const { method, body, headers } = server.seen.at(-1)!;
      assert.deepEqual(
        [method, body, headers['content-type']],
        ['POST', '{"a":["1.0.0"]}', 'application/json'],
      );
      assert.equal(headers['content-encoding'], packed ? 'gzip' : undefined);
    }
  });

  test('a question with a body goes to no other address, and becomes none without', async () => {
    const before = other.seen.length;
    for (const path of ['post-away', 'away', 'around']) {
      assert.deepEqual(await post(path), {
        type: 'failed',
        detail: 'redirects the request to another URL',
      });
    }
    assert.equal(other.seen.length, before);
    const around = await post('post-around');
    assert.ok(around.type === 'answer' && around.body === 'grüße');
    assert.deepEqual([server.seen.at(-1)!.method, server.seen.at(-1)!.body], ['POST', '{"a":["1.0.0"]}']);
  });

  test('a part of a file, which says of which', async () => {
    let said: unknown;
    let size = 0;
    const result = await get('part', {
      headers: { range: 'bytes=4-', 'accept-encoding': 'identity' },
      receiveBytes: ({ status, headers }) => {
        said = [status, headers.get('content-range')];
        return (chunk) => {
          size += chunk.length;
        };
      },
    });
    assert.ok(result.type === 'answer' && result.status === 206);
    assert.deepEqual([said, size], [[206, 'bytes 4-8/9'], 6]);
    const { headers } = server.seen.at(-1)!;
    assert.deepEqual([headers.range, headers['accept-encoding']], ['bytes=4-', 'identity']);
  });

  test('other statuses are answers too', async () => {
    const missing = await get('missing');
    assert.ok(missing.type === 'answer' && missing.status === 404);
    const unchanged = await get('unchanged');
    assert.ok(unchanged.type === 'answer' && unchanged.status === 304 && unchanged.body === '');
  });

  test('packed bodies are unpacked, and the cap counts what they unpack to', async () => {
    const packed = await get('packed');
    assert.ok(packed.type === 'answer' && packed.body === 'packed text');
    assert.deepEqual(await get('bomb'), { type: 'too-large' });
    assert.deepEqual(await get('big'), { type: 'too-large' });
    const whole = await get('big', { maxBytes: 2_000_000 });
    assert.ok(whole.type === 'answer' && whole.body.length === 2_000_000);
  });

  test('broken answers say so and throw nothing', async () => {
    assert.deepEqual(await get('broken'), {
      type: 'failed',
      detail: 'sent something that cannot be unpacked',
    });
    assert.equal((await get('half')).type, 'failed');
    const closed = await startServer(() => {});
    await closed.close();
    assert.deepEqual(await get('', { url: closed.url }), {
      type: 'failed',
      detail: 'refused the connection',
    });
  });

  /** Requests a body whose pieces are each sent that long after the previous one arrived. */
  const getSlowly = async (piece: string, everyMs: number) => {
    let pieces = 0;
    slow = (response) => {
      response.writeHead(200).write(piece);
      time.arrived = () => {
        pieces++;
        time.pass(everyMs);
        response.write(piece);
      };
    };
    const result = await get('slow', { timeoutMs: 100 });
    time.arrived = () => {};
    return { result, pieces };
  };

  test('no answer in time', async () => {
    slow = () => time.pass(100);
    assert.deepEqual(await get('slow', { timeoutMs: 100 }), { type: 'timeout' });
    slow = (response) => {
      time.arrived = () => time.pass(100);
      response.writeHead(200).write('x');
    };
    assert.deepEqual(await get('slow', { timeoutMs: 100 }), { type: 'timeout' });
    time.arrived = () => {};
  });

  test('a body that hardly moves is not waited for, however often a byte of it arrives', async () => {
    const { result, pieces } = await getSlowly('x', 20);
    assert.deepEqual(result, { type: 'timeout', detail: 'sends less than 1 KB a second' });
    // Two measurements, 200 ms apart.
    assert.equal(pieces, 20);
  });

  test('nor is one that moves without an end', async () => {
    const { result, pieces } = await getSlowly('x'.repeat(1_000), 20);
    assert.deepEqual(result, { type: 'timeout', detail: 'did not send all of it within 0.6 s' });
    assert.equal(pieces, 30);
  });

  test('cancelling', async () => {
    const source = createAbortSource();
    const result = get('never', { signal: source.signal });
    setImmediate(() => source.abort());
    assert.deepEqual(await result, { type: 'cancelled' });
    assert.deepEqual(await get('text', { signal: source.signal }), { type: 'cancelled' });
  });

  test('a redirect to another origin is followed without what was meant for the first', async () => {
    const headers = {
      accept: 'application/json',
      Authorization: 'Bearer secret',
      'if-none-match': '"1"',
      cookie: 'a=b',
    };
    const result = await get('away', { headers });
    assert.ok(result.type === 'answer' && result.body === 'from the other');
    assert.equal(server.seen.at(-1)!.headers.authorization, 'Bearer secret');
    const seen = other.seen.at(-1)!;
    assert.equal(seen.path, '/there');
    assert.equal(seen.headers.accept, 'application/json');
    assert.ok(!JSON.stringify(seen).includes('secret'));
    assert.equal(seen.headers.cookie, undefined);
    assert.equal(seen.headers['if-none-match'], undefined);
  });

  test('a redirect to another host is not followed with a name that is for the first one alone', async () => {
    const before = other.seen.length;
    assert.deepEqual(await get('away', { staysOnHost: true }), {
      type: 'failed',
      detail: `redirects to another host, ${new URL(other.url).host}, which does not get the names of private packages`,
    });
    const named = { staysOnHost: true, redirectHosts: [new URL(other.url).host] };
    assert.equal(other.seen.length, before);
    assert.equal((await get('away', named)).type, 'answer');
    assert.equal(other.seen.length, before + 1);
    assert.equal((await get('around', { staysOnHost: true })).type, 'answer');
  });

  test('a redirect on the same origin keeps them', async () => {
    const result = await get('around', { headers: { authorization: 'Bearer secret' } });
    assert.ok(result.type === 'answer' && result.body === 'grüße');
    assert.equal(server.seen.at(-1)!.headers.authorization, 'Bearer secret');
  });

  test('a redirect on the same origin that leaves where the credential belongs goes on without it', async () => {
    const headers = { authorization: 'Bearer secret' };
    for (const [base, kept] of [
      ['', 'Bearer secret'],
      ['elsewhere/', undefined],
      ['aroun', undefined],
    ] as const) {
      await get('around', { headers, credentialBase: `${server.url}${base}` });
      assert.equal(server.seen.at(-1)!.headers.authorization, kept, base);
    }
  });

  test('redirects end', async () => {
    const before = server.seen.length;
    assert.deepEqual(await get('loop'), { type: 'failed', detail: 'redirects too often' });
    assert.equal(server.seen.length - before, 6);
    const refused = { type: 'failed', detail: 'redirects to a URL that is not allowed' };
    assert.deepEqual(await get('file'), refused);
    assert.deepEqual(await get('with-password'), refused);
  });

  test('a proxy of the environment is used, but not for the hosts it leaves out', async () => {
    const proxy = await startServer((_, response) => response.end('from the proxy'));
    const environment = { HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' };
    const proxied = createUndiciHttp({ userAgent: 'x', environment });
    const request = { headers: {}, timeoutMs: 20_000, maxBytes: 1000, signal: undefined };
    const direct = await proxied.get({ ...request, url: `${server.url}text` });
    assert.ok(direct.type === 'answer' && direct.body === 'grüße');
    await proxied.get({ ...request, url: 'http://registry.public.example.test/a' });
    assert.equal(proxy.seen.length, 1);
    assert.match(JSON.stringify(proxy.seen[0]), /registry\.public\.example\.test/);
    await proxied.dispose();
    await proxy.close();
  });
});

describe('where redirects lead', () => {
  const cases: readonly [from: string, location: string, target: string | undefined][] = [
    ['https://a.example.test/x', 'https://b.example.test/y', 'https://b.example.test/y'],
    ['https://a.example.test/x', '/y', 'https://a.example.test/y'],
    ['https://a.example.test/x', '//b.example.test/y', 'https://b.example.test/y'],
    ['https://a.example.test/x', 'http://a.example.test/x', undefined],
    ['http://a.example.test/x', 'http://b.example.test/x', 'http://b.example.test/x'],
    ['http://a.example.test/x', 'https://a.example.test/x', 'https://a.example.test/x'],
    ['https://a.example.test/x', 'https://127.0.0.1/y', undefined],
    ['https://a.example.test/x', 'https://localhost/y', undefined],
    ['http://localhost:4873/x', 'http://127.0.0.1:4874/x', 'http://127.0.0.1:4874/x'],
    ['https://a.example.test/x', 'data:text/plain,x', undefined],
    ['https://a.example.test/x', 'https://u:p@b.example.test/', undefined],
    ['https://a.example.test/x', 'http://[', undefined],
  ];
  for (const [from, location, target] of cases) {
    test(`${from} to ${location}`, () => assert.equal(redirectTarget(new URL(from), location)?.href, target));
  }
});
