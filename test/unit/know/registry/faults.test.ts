import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { HttpPort } from '../../../../server/src/engine/ports.ts';
import type { DocumentRequest } from '../../../../server/src/engine/registry/document-request.ts';
import {
  createRegistryClient,
  type RegistryClient,
} from '../../../../server/src/engine/registry/registry-client.ts';
import { createUndiciHttp, type UndiciHttp } from '../../../../server/src/node/http/undici-http.ts';
import { largePackument } from '../../../../server/tools/bench/large-packument.ts';
import { fakeHttpTimers } from '../../node/fake-http-timers.ts';
import { type LoopbackServer, startServer } from './loopback-server.ts';
import { samplePackument } from './sample-packument.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');

/** Wrong responses of a registry, over real connections. */
describe('a registry that misbehaves', () => {
  let http: UndiciHttp;
  let server: LoopbackServer;
  const time = fakeHttpTimers();
  let answer: (response: ServerResponse, path: string, count: number) => void = () => {};

  before(async () => {
    http = createUndiciHttp({ userAgent: 'x', environment: {}, timers: time.timers });
    server = await startServer(({ path }, response) =>
      answer(response, path, server.seen.filter((request) => request.path === path).length),
    );
  });
  after(async () => {
    await http.dispose();
    await server.close();
  });

  /** Creates a client that retries without a pause. */
  const newClient = (timeoutMs = 20_000): RegistryClient & { pass(milliseconds: number): void } => {
    let now = NOW;
    const port: HttpPort = { get: (request) => http.get({ ...request, timeoutMs }) };
    const clock = { now: () => now, wait: async () => {} };
    const client = createRegistryClient({ http: port, cache: undefined, clock });
    return { ...client, pass: (milliseconds) => (now += milliseconds) };
  };
  let names = 0;
  const asking = (url = server.url): DocumentRequest => ({
    registry: { url },
    name: `package-${names++}`,
    credential: undefined,
    permission: { allowed: true },
  });
  const reported = async (client: RegistryClient, request = asking()): Promise<string> => {
    const fact = await client.packuments.ensure(request);
    return fact.state === 'unavailable' ? `${fact.reason}: ${fact.detail}` : fact.state;
  };
  const document = (path: string, more: object = {}) =>
    JSON.stringify({ ...samplePackument(decodeURIComponent(path.slice(1))), ...more });

  const NO_DOCUMENT = 'failed: the registry answered with an invalid package document';
  const cases: readonly (readonly [
    title: string,
    answer: (response: ServerResponse, path: string) => void,
    reported: string,
  ])[] = [
    [
      'HTML with status 200',
      (response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>'),
      NO_DOCUMENT,
    ],
    ['nothing with status 200', (response) => response.end(), NO_DOCUMENT],
    ['JSON that breaks off', (response, path) => response.end(document(path).slice(0, -20)), NO_DOCUMENT],
    ['two documents', (response, path) => response.end(document(path) + document(path)), NO_DOCUMENT],
    ['JSON of something else', (response) => response.end('{"error":"maintenance"}'), NO_DOCUMENT],
    [
      'the document of another package',
      (response) => response.end(document('/evil')),
      'failed: the registry answered with the document of another package',
    ],
    [
      'half a body',
      (response) => {
        response.writeHead(200, { 'content-length': '1000' }).write('{"name":', () => response.destroy());
      },
      'failed: the registry broke off the connection',
    ],
    [
      'a body that is not packed as it says',
      (response, path) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(document(path)),
      'failed: the registry sent something that cannot be unpacked',
    ],
    [
      'a small body that unpacks to a huge one',
      (response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(
          gzipSync(Buffer.concat([Buffer.from('{"readme":"'), Buffer.alloc(140_000_000, 'x')]), {
            level: 1,
          }),
        ),
      "failed: the registry's document of it is too large",
    ],
    ['429', (response) => response.writeHead(429).end(), 'failed: the registry answered with status 429'],
    [
      '500',
      (response) => response.writeHead(500).end('oops'),
      'failed: the registry answered with status 500',
    ],
    ['204', (response) => response.writeHead(204).end(), 'failed: the registry answered with status 204'],
    ['410', (response) => response.writeHead(410).end(), 'failed: the registry answered with status 410'],
    [
      'redirects without end',
      (response, path) => response.writeHead(302, { location: path }).end(),
      'failed: the registry redirects too often',
    ],
    [
      'a redirect to a file',
      (response) => response.writeHead(302, { location: 'file:///etc/hosts' }).end(),
      'failed: the registry redirects to a URL that is not allowed',
    ],
    [
      'no access',
      (response) => response.writeHead(401).end(),
      'no-access: the registry gives no access without a credential, and none is configured for it',
    ],
  ];
  for (const [title, respond, expected] of cases) {
    test(title, async () => {
      answer = respond;
      assert.equal(await reported(newClient()), expected);
    });
  }

  test('an answer that never begins, and one that never ends', async () => {
    const [silent, slow] = [
      'failed: the registry timed out after 10 s',
      'failed: the registry sends less than 1 KB a second',
    ];
    answer = () => time.pass(30);
    assert.equal(await reported(newClient(30)), silent);
    answer = (response) => {
      time.arrived = () => time.pass(30);
      response.writeHead(200).write('{"name":"');
    };
    assert.equal(await reported(newClient(30)), silent);
    answer = (response) => {
      time.arrived = () => {
        time.pass(10);
        response.write(' ');
      };
      response.write(' ');
    };
    assert.equal(await reported(newClient(30)), slow);
    time.arrived = () => {};
  });

  test('nobody at the address', async () => {
    const closed = await startServer(() => {});
    await closed.close();
    const client = newClient();
    assert.equal(await reported(client, asking(closed.url)), 'failed: the registry refused the connection');
    assert.equal(await reported(client, asking(closed.url)), 'failed: the registry refused the connection');
    assert.equal(
      await reported(client, asking(closed.url)),
      'failed: the registry failed several times just now',
    );
  });

  test('what fails once is tried once more, and half of the first answer is forgotten', async () => {
    answer = (response, path, count) => {
      if (count > 1) return response.end(document(path));
      return response
        .writeHead(200, { 'content-length': '1000' })
        .write(document(path).slice(0, 100), () => response.destroy());
    };
    const fact = await newClient().packuments.ensure(asking());
    assert.ok(fact.state === 'ready');
    assert.deepEqual([...fact.value.versions.keys()], ['1.0.0', '1.1.0', '1.2.0']);
  });

  test('a failing refresh leaves what is known, until the registry is well again', async () => {
    const client = newClient();
    const request = asking();
    answer = (response, path) => response.writeHead(200, { etag: '"1"' }).end(document(path));
    const first = await client.packuments.ensure(request);
    client.pass(10 * 60_000);
    answer = (response) => response.end('<html>');
    const second = await client.packuments.ensure(request);
    assert.ok(first.state === 'ready' && second.state === 'ready');
    assert.equal(second.value, first.value);
    assert.equal(second.notRefreshed?.detail, 'the registry answered with an invalid package document');
    client.pass(2 * 60_000);
    answer = (response) => response.writeHead(304).end();
    const third = await client.packuments.ensure(request);
    assert.ok(third.state === 'ready' && !third.stale && third.value === first.value);
  });

  test('a clock that is far behind believes no time, one that is ahead asks again', async () => {
    answer = (response, path) =>
      response.writeHead(200, { 'cache-control': 'max-age=86400' }).end(document(path));
    const client = newClient();
    client.pass(-20 * 365 * 86_400_000);
    const request = asking();
    const early = await client.packuments.ensure(request);
    assert.ok(early.state === 'ready' && early.value.times.size === 0 && early.value.created === undefined);
    client.pass(20 * 365 * 86_400_000);
    const now = await client.packuments.ensure(request);
    assert.ok(now.state === 'ready' && now.value.times.size === 3);
    client.pass(-60_000);
    const { length } = server.seen;
    await client.packuments.ensure(request);
    assert.equal(server.seen.length, length + 1);
  });

  test('a document of 50 MB is reduced while it arrives', async () => {
    const large = largePackument({ name: 'large', versions: 1_500, ballast: 'x'.repeat(35_000) });
    const text = JSON.stringify(large);
    assert.ok(text.length > 50_000_000);
    answer = (response) => response.end(text);
    const fact = await newClient().packuments.ensure({ ...asking(), name: 'large' });
    assert.ok(fact.state === 'ready');
    assert.equal(fact.value.versions.size, 1_500);
    assert.equal(fact.value.times.size, 1_500);
  });
});
