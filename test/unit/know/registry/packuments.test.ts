import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CachePort, CacheRecord, HttpRequest } from '../../../../server/src/engine/ports.ts';
import { createAbortSource } from '../../../../server/src/engine/registry/abort-source.ts';

import {
  answerWith,
  asking,
  found,
  HOUR,
  MINUTE,
  memoryCache,
  REGISTRY,
  START,
  setUp,
} from './scripted-registry.ts';

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
