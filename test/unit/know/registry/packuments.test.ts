import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type {
  CachePort,
  CacheRecord,
  ClockPort,
  HttpRequest,
  HttpResult,
} from '../../../../server/src/engine/ports.ts';
import { createAbortSource } from '../../../../server/src/engine/registry/abort-source.ts';
import type { DocumentRequest } from '../../../../server/src/engine/registry/document-request.ts';
import { createRegistryClient } from '../../../../server/src/engine/registry/registry-client.ts';
import { samplePackument } from './sample-packument.ts';

const REGISTRY = 'https://registry.public.example.test/';
const START = Date.parse('2026-11-24T12:00:00Z');
const [MINUTE, HOUR] = [60_000, 3_600_000];

function asking(name = 'left-pad', more: Partial<DocumentRequest> = {}): DocumentRequest {
  return { registry: { url: REGISTRY }, credential: undefined, name, permission: { allowed: true }, ...more };
}

/** Creates a store over a scripted registry, a clock that a test advances, and timers that are only recorded. */
function setUp(
  answer: (request: HttpRequest, count: number) => HttpResult | Promise<HttpResult>,
  cache?: CachePort,
) {
  const requests: HttpRequest[] = [];
  const waits: number[] = [];
  let now = START;
  const clock: ClockPort = {
    now: () => now,
    wait: async (milliseconds) => {
      waits.push(milliseconds);
    },
  };
  const http = {
    get: async (request: HttpRequest) => {
      requests.push(request);
      return answer(request, requests.length);
    },
  };
  const { packuments } = createRegistryClient({ http, cache, clock });
  return { packuments, requests, waits, pass: (milliseconds: number) => (now += milliseconds) };
}

function answerWith(status: number, headers: Record<string, string> = {}, body: unknown = ''): HttpResult {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { type: 'answer', status, headers: new Map(Object.entries(headers)), body: text };
}

const found = (name = 'left-pad', headers: Record<string, string> = {}) =>
  answerWith(200, { etag: '"1"', ...headers }, samplePackument(name));

function memoryCache(): CachePort & {
  readonly records: Map<string, CacheRecord>;
  readonly writes: string[];
} {
  const records = new Map<string, CacheRecord>();
  const writes: string[] = [];
  return {
    records,
    writes,
    read: async (key) => records.get(key),
    async write(key, record) {
      writes.push(key);
      records.set(key, record);
    },
    async confirm(key, asOf) {
      const known = records.get(key);
      if (known !== undefined) records.set(key, { ...known, asOf });
    },
  };
}

describe('packuments: asking and remembering', () => {
  test('one request for all who ask at once, and none while the answer is fresh', async () => {
    const { packuments, requests, pass } = setUp(() => found());
    assert.deepEqual(packuments.peek(asking('left-pad')), { state: 'pending' });
    const facts = await Promise.all([1, 2, 3].map(() => packuments.ensure(asking())));
    assert.deepEqual(
      facts.map((fact) => fact.state),
      ['ready', 'ready', 'ready'],
    );
    pass(4 * MINUTE);
    await packuments.ensure(asking());
    assert.equal(requests.length, 1);
    assert.equal(requests[0]!.url, `${REGISTRY}left-pad`);
    assert.deepEqual(requests[0]!.headers, { accept: 'application/json' });
  });

  test('the same knowledge is the same object', async () => {
    const { packuments, pass } = setUp((_, count) => (count === 1 ? found() : { type: 'timeout' }));
    await packuments.ensure(asking());
    const fresh = packuments.peek(asking('left-pad'));
    assert.equal(packuments.peek(asking('left-pad')), fresh);
    pass(10 * MINUTE);
    const stale = packuments.peek(asking('left-pad'));
    assert.ok(stale.state === 'ready' && stale.stale);
    assert.equal(packuments.peek(asking('left-pad')), stale);
  });

  test('afterwards it asks whether anything changed', async () => {
    const { packuments, requests, pass } = setUp((request) =>
      request.headers['if-none-match'] === '"1"' ? answerWith(304) : found(),
    );
    await packuments.ensure(asking());
    pass(6 * MINUTE);
    const fact = await packuments.ensure(asking());
    assert.equal(requests.length, 2);
    assert.ok(fact.state === 'ready' && fact.asOf === START + 6 * MINUTE && !fact.stale);
    pass(6 * MINUTE);
    await packuments.ensure(asking());
    assert.equal(requests[2]!.headers['if-none-match'], '"1"');
  });

  test('Cache-Control counts between 5 minutes and 24 hours', async () => {
    const { packuments, requests, pass } = setUp(({ url }) =>
      found(url.slice(REGISTRY.length), {
        'cache-control': url.endsWith('long') ? 'public, max-age=9999999' : 'max-age=3600, private',
      }),
    );
    await packuments.ensure(asking('hour'));
    await packuments.ensure(asking('long'));
    pass(59 * MINUTE);
    await packuments.ensure(asking('hour'));
    assert.equal(requests.length, 2);
    pass(2 * MINUTE);
    await packuments.ensure(asking('hour'));
    assert.equal(requests.length, 3);
    pass(22 * HOUR);
    await packuments.ensure(asking('long'));
    assert.equal(requests.length, 3);
    pass(2 * HOUR);
    await packuments.ensure(asking('long'));
    assert.equal(requests.length, 4);
  });

  test('a clock that was set back makes no answer fresh for longer', async () => {
    const { packuments, requests, pass } = setUp(() => found());
    await packuments.ensure(asking());
    pass(-HOUR);
    await packuments.ensure(asking());
    assert.equal(requests.length, 2);
  });

  test('a package that does not exist is remembered as such', async () => {
    const { packuments, requests, pass } = setUp(() => answerWith(404));
    assert.deepEqual(await packuments.ensure(asking()), { state: 'absent', asOf: START });
    await packuments.ensure(asking());
    assert.equal(requests.length, 1);
    pass(6 * MINUTE);
    await packuments.ensure(asking());
    assert.equal(requests.length, 2);
  });

  test('answers outlive a restart, with their ETag and without a credential', async () => {
    const cache = memoryCache();
    const credential = { type: 'bearer', token: 'npm_secret' } as const;
    await setUp(() => found(), cache).packuments.ensure(asking('left-pad', { credential }));
    const [[key, record]] = [...cache.records] as [[string, CacheRecord]];
    assert.equal(key, `packument ${REGISTRY} left-pad`);
    assert.ok(!record.text.includes('secret'));
    const second = setUp(() => answerWith(304), cache);
    second.pass(HOUR);
    const fact = await second.packuments.ensure(asking('left-pad', { credential }));
    assert.equal(second.requests[0]!.headers['if-none-match'], '"1"');
    assert.equal(second.requests[0]!.headers.authorization, 'Bearer npm_secret');
    assert.ok(fact.state === 'ready' && fact.value.versions.size === 3);
  });

  test('a broken record is a miss', async () => {
    const written = memoryCache();
    await setUp(() => found(), written).packuments.ensure(asking());
    const [{ text }] = [...written.records.values()] as [CacheRecord];
    const ofOther = text.replace('"name":"left-pad"', '"name":"other"');
    assert.notEqual(ofOther, text);
    for (const record of ['', '{', ofOther, 'null']) {
      const cache = memoryCache();
      cache.records.set(`packument ${REGISTRY} left-pad`, { text: record, asOf: START });
      const { packuments, requests } = setUp(() => found(), cache);
      assert.equal((await packuments.ensure(asking())).state, 'ready');
      assert.equal(requests[0]!.headers['if-none-match'], undefined);
    }
    const failing: CachePort = {
      read: () => Promise.reject(new Error('disk')),
      write: () => Promise.reject(new Error('disk')),
      confirm: () => Promise.reject(new Error('disk')),
    };
    assert.equal((await setUp(() => found(), failing).packuments.ensure(asking())).state, 'ready');
  });

  test('what a credential opened is not told to somebody without it', async () => {
    const cache = memoryCache();
    const credential = { type: 'basic', encoded: 'YTpi' } as const;
    const answer = ({ headers }: HttpRequest) =>
      headers.authorization === 'Basic YTpi' ? found() : answerWith(401);
    const { packuments } = setUp(answer, cache);
    assert.equal((await packuments.ensure(asking('left-pad', { credential }))).state, 'ready');
    const refused = {
      state: 'unavailable',
      reason: 'no-access',
      detail: 'the registry gives no access without a credential, and none is configured for it',
    };
    assert.deepEqual(await packuments.ensure(asking()), refused);
    assert.deepEqual(await setUp(answer, cache).packuments.ensure(asking()), refused);
    assert.equal((await packuments.ensure(asking('left-pad', { credential }))).state, 'ready');
  });
});

describe('packuments: what may go wrong', () => {
  const failures: readonly [title: string, result: HttpResult, reason: string, detail: string][] = [
    ['time', { type: 'timeout' }, 'failed', 'the registry timed out after 10 s'],
    [
      'a body without an end',
      { type: 'timeout', detail: 'did not send all of it within 60 s' },
      'failed',
      'the registry did not send all of it within 60 s',
    ],
    ['size', { type: 'too-large' }, 'failed', "the registry's document of it is too large"],
    [
      'refusal',
      { type: 'failed', detail: 'refused the connection' },
      'failed',
      'the registry refused the connection',
    ],
    [
      'no network',
      { type: 'failed', detail: 'cannot be reached', unreachable: true },
      'unreachable',
      'the registry cannot be reached',
    ],
    ['403', answerWith(403), 'no-access', 'the registry refuses access with the configured credential'],
    ['500', answerWith(500), 'failed', 'the registry answered with status 500'],
    ['304 out of nothing', answerWith(304), 'failed', 'the registry answered with status 304'],
    [
      'HTML',
      answerWith(200, {}, '<html></html>'),
      'failed',
      'the registry answered with an invalid package document',
    ],
    [
      'another name',
      answerWith(200, {}, samplePackument('evil')),
      'failed',
      'the registry answered with the document of another package',
    ],
  ];
  for (const [title, result, reason, detail] of failures) {
    test(title, async () => {
      const { packuments } = setUp(() => result);
      const credential = { type: 'bearer', token: 'x' } as const;
      const fact = await packuments.ensure(asking('left-pad', { credential }));
      assert.deepEqual(fact, { state: 'unavailable', reason, detail });
      assert.deepEqual(packuments.peek(asking('left-pad')), fact);
    });
  }

  test('a body that took all of its time is not asked for again, a silence is', async () => {
    const counts: number[] = [];
    for (const result of [
      { type: 'timeout' },
      { type: 'timeout', detail: 'sends less than 1 KB a second' },
    ] as const) {
      const { packuments, requests } = setUp(() => result);
      await packuments.ensure(asking());
      counts.push(requests.length);
    }
    assert.deepEqual(counts, [2, 1]);
  });

  test('a refresh that fails leaves what is known, with its age and the reason', async () => {
    const { packuments, pass } = setUp((_, count) =>
      count === 1 ? found() : { type: 'failed', detail: 'cannot be reached', unreachable: true },
    );
    await packuments.ensure(asking());
    pass(3 * HOUR);
    const fact = await packuments.ensure(asking());
    assert.ok(fact.state === 'ready' && fact.stale && fact.asOf === START);
    assert.deepEqual(fact.notRefreshed, {
      reason: 'unreachable',
      detail: 'the registry cannot be reached',
    });
  });

  test('it tries once more, after the time that the registry asks for', async () => {
    const { packuments, requests, waits } = setUp((_, count) =>
      count === 1 ? answerWith(429, { 'retry-after': '7' }) : found(),
    );
    assert.equal((await packuments.ensure(asking())).state, 'ready');
    assert.equal(requests.length, 2);
    assert.deepEqual(waits, [7000]);
  });

  test('a registry that asks for long patience is left alone that long', async () => {
    const { packuments, requests, waits, pass } = setUp((request, count) =>
      count === 1 ? answerWith(503, { 'retry-after': '120' }) : found(request.url.slice(REGISTRY.length)),
    );
    assert.equal((await packuments.ensure(asking('a'))).state, 'unavailable');
    assert.deepEqual(await packuments.ensure(asking('b')), {
      state: 'unavailable',
      reason: 'failed',
      detail: 'the registry failed several times just now',
    });
    assert.equal(requests.length, 1);
    assert.deepEqual(waits, []);
    pass(121_000);
    assert.equal((await packuments.ensure(asking('a'))).state, 'ready');
  });

  test('after three failures in a row a host rests for 5 minutes, and other hosts do not', async () => {
    const { packuments, requests, pass } = setUp(({ url }) =>
      url.startsWith(REGISTRY) ? { type: 'timeout' } : found(),
    );
    for (const name of ['a', 'b', 'c', 'd']) await packuments.ensure(asking(name));
    assert.equal(requests.length, 3);
    const other = asking('left-pad', { registry: { url: 'https://npm.acme.example.test/' } });
    assert.equal((await packuments.ensure(other)).state, 'ready');
    pass(5 * MINUTE + 1);
    // On probation: it is tried once, and then left alone again.
    await packuments.ensure(asking('a'));
    await packuments.ensure(asking('b'));
    assert.equal(requests.length, 5);
  });

  test('a missing network is nobody’s fault: it works again at once', async () => {
    let network = false;
    const { packuments, pass } = setUp(({ url }) =>
      network
        ? found(url.slice(REGISTRY.length))
        : { type: 'failed', detail: 'cannot be reached', unreachable: true },
    );
    for (const name of ['a', 'b', 'c', 'd', 'e']) await packuments.ensure(asking(name));
    network = true;
    pass(11_000);
    assert.equal((await packuments.ensure(asking('a'))).state, 'ready');
  });
});

describe('packuments: restraint', () => {
  test('nothing is sent without permission, and what is known is told with the reason', async () => {
    const { packuments, requests } = setUp(() => found());
    const untrusted = { allowed: false, reason: 'untrusted', detail: 'this folder is not trusted' } as const;
    assert.deepEqual(await packuments.ensure(asking('left-pad', { permission: untrusted })), {
      state: 'unavailable',
      reason: 'untrusted',
      detail: 'this folder is not trusted',
    });
    assert.equal(requests.length, 0);
    await packuments.ensure(asking());
    const fact = await packuments.ensure(asking('left-pad', { permission: untrusted }));
    assert.ok(fact.state === 'ready' && fact.notRefreshed?.reason === 'untrusted');
    assert.equal(requests.length, 1);
  });

  test('at most six requests to a host at a time', async () => {
    const answers: (() => void)[] = [];
    const { packuments, requests } = setUp(
      ({ url }) => new Promise((resolve) => answers.push(() => resolve(found(url.slice(REGISTRY.length))))),
    );
    const all = Promise.all(Array.from({ length: 20 }, (_, at) => packuments.ensure(asking(`p${at}`))));
    await turns();
    assert.equal(requests.length, 6);
    while (answers.length > 0) {
      assert.ok(answers.length <= 6);
      answers.shift()!();
      await turns();
    }
    assert.ok((await all).every((fact) => fact.state === 'ready'));
    assert.equal(requests.length, 20);
  });

  test('who cancels gets no error, and the request ends with the last who wanted it', async () => {
    let signal: HttpRequest['signal'];
    const { packuments } = setUp((request) => {
      signal = request.signal;
      return new Promise((resolve) =>
        signal!.addEventListener('abort', () => resolve({ type: 'cancelled' })),
      );
    });
    const [first, second] = [createAbortSource(), createAbortSource()];
    const facts = [first, second].map((source) => packuments.ensure(asking(), { signal: source.signal }));
    await turns();
    first.abort();
    assert.deepEqual(await facts[0], { state: 'pending' });
    assert.equal(signal?.aborted, false);
    second.abort();
    assert.deepEqual(await facts[1], { state: 'pending' });
    assert.equal(signal?.aborted, true);
    assert.deepEqual(packuments.peek(asking('left-pad')), { state: 'pending' });
  });

  test('who has no patience gets what is known by then, and the answer comes all the same', async () => {
    let answer: () => void = () => {};
    const { packuments } = setUp(() => new Promise((resolve) => (answer = () => resolve(found()))));
    assert.deepEqual(await packuments.ensure(asking(), { patienceMs: 100 }), { state: 'pending' });
    answer();
    await turns();
    assert.equal(packuments.peek(asking('left-pad')).state, 'ready');
  });
});

/** Lets all pending callbacks run. */
const turns = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
