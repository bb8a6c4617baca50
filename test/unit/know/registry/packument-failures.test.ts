import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HttpResult } from '../../../../server/src/engine/ports.ts';
import { samplePackument } from './sample-packument.ts';
import { answerWith, asking, found, HOUR, MINUTE, REGISTRY, START, setUp } from './scripted-registry.ts';

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

  test('a user ends the pause after failures: one request tests the host, and one failure starts another', async () => {
    let isDown = true;
    const { packuments, requests, tryAgain } = setUp((request) =>
      isDown ? { type: 'timeout' } : found(request.url.slice(REGISTRY.length)),
    );
    for (const name of ['a', 'b', 'c', 'd']) await packuments.ensure(asking(name));
    assert.equal(requests.length, 3);
    assert.deepEqual(tryAgain(), [new URL(REGISTRY).host]);
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => packuments.ensure(asking(name))));
    assert.equal(requests.length, 4);

    isDown = false;
    tryAgain();
    const facts = await Promise.all(['a', 'b', 'c', 'd'].map((name) => packuments.ensure(asking(name))));
    assert.deepEqual(new Set(facts.map(({ state }) => state)), new Set(['ready']));
    assert.deepEqual(tryAgain(), []);
  });

  test('nobody ends a pause that the registry asked for', async () => {
    const { packuments, requests, tryAgain } = setUp(() => answerWith(503, { 'retry-after': '120' }));
    await packuments.ensure(asking('a'));
    assert.deepEqual(tryAgain(), []);
    await packuments.ensure(asking('a'));
    assert.equal(requests.length, 1);
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
