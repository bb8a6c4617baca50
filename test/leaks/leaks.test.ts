import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Configuration } from './configuration.ts';
import { distinctRequests, leaksIn, type Secret } from './oracle.ts';
import { type Level, type Project, placesOfName } from './places-of-names.ts';
import { testSetUps } from './test-set-ups.ts';
import type { Heard } from './world.ts';

/** The short form of `node test/leaks/run.ts`: a few repositories, each in the set-ups that send most. */
testSetUps([
  [10, 'editor, trusted', 60],
  [0, 'editor, untrusted', 5],
  [4, 'browser, trusted', 10],
]);

describe('the count of distinct requests', () => {
  const heard: Heard = {
    ...{ method: 'GET', host: 'npm.example.test', path: '/a/x', headers: {}, body: '' },
    ...{ origin: 'https://npm.example.test', via: undefined },
  };
  const count = (...others: readonly Partial<Heard>[]) =>
    distinctRequests([heard, ...others.map((each) => ({ ...heard, ...each }))]).size;

  test('takes a URL at an origin once, however often, by whatever method and proxy it was asked', () => {
    assert.equal(
      count({}, { method: 'HEAD' }, { via: 'http://127.0.0.1:1' }, { headers: { accept: '*/*' } }),
      1,
    );
    assert.equal(count({ path: '/a/y' }, { origin: 'https://evil.example.test' }), 3);
    assert.equal(count({ path: 'https://npm.example.test/a/x' }), 1);
  });

  test('takes servers on loopback by their role, as every world has ports of its own', () => {
    const asked = [1, 2].map((port) => {
      const vault = `http://127.0.0.1:${port}`;
      return [...distinctRequests([{ ...heard, origin: vault }], { vault })];
    });
    assert.deepEqual(asked, [['vault /a/x'], ['vault /a/x']]);
  });
});

describe('who may hear a public name', () => {
  const [EVIL, CORP] = ['https://evil.example.test', 'https://corp.example.test'];
  const dependency = { kind: 'public', key: 'a', name: 'a', mark: 'plain-a', range: '*' } as const;
  const configuration: Configuration = {
    ...{ registry: undefined, scopes: {}, strays: [], proxy: undefined, cafile: undefined },
    variableInAddress: 'x',
  };
  const project: Project = { configuration, dependencies: [], allowed: [], mirrors: [EVIL], label: 'x' };
  const user = { registry: undefined, mapsAcme: false };
  const hosts = (some: Partial<Project>, level: Level, rootLevel?: Level) =>
    placesOfName(dependency, { ...project, ...some }, level, user, rootLevel).map(({ origin }) => origin);

  test('is a mirror of the public registry that a trusted project names, and of no other', () => {
    assert.ok(hosts({}, 'trusted').includes(EVIL));
    assert.ok(!hosts({}, 'nested').includes(EVIL));
    assert.ok(!hosts({}, 'untrusted').includes(EVIL));
  });

  test('is the registry of the trusted project around it, where its package manager reads that', () => {
    const around = { ...configuration, registry: { url: `${CORP}/` } };
    assert.ok(hosts({ around }, 'nested', 'trusted').includes(CORP));
    assert.ok(!hosts({ around }, 'nested', 'untrusted').includes(CORP));
    assert.ok(!hosts({}, 'nested', 'trusted').includes(CORP));
  });
});

describe('the oracle', () => {
  const plain: Heard = {
    ...{ method: 'GET', host: 'npm.example.test', path: '/a/x', headers: {}, body: '' },
    ...{ origin: 'https://npm.example.test', via: undefined },
  };
  const token: Secret = {
    ...{ kind: 'token', text: 'npm_Secret', note: 'a token' },
    places: [{ origin: 'https://npm.example.test', below: '/a/' }],
  };
  const isLeak = (heard: Partial<Heard>, secret: Secret = token) =>
    leaksIn([{ ...plain, headers: { authorization: 'Bearer npm_Secret' }, ...heard }], [secret]).length > 0;

  test('lets through what is where it belongs', () => {
    assert.equal(isLeak({}), false);
    assert.equal(isLeak({ path: '/a/b/../x' }), false);
    assert.equal(isLeak({ origin: 'https://evil.example.test', headers: {} }), false);
  });

  test('sees another host, scheme, port or path, and a proxy of the project', () => {
    assert.ok(isLeak({ origin: 'https://evil.example.test' }));
    assert.ok(isLeak({ origin: 'http://npm.example.test' }));
    assert.ok(isLeak({ origin: 'https://npm.example.test:8443' }));
    assert.ok(isLeak({ path: '/b/x' }));
    assert.ok(isLeak({ path: '/a/%2e%2e/b/x' }));
    assert.ok(isLeak({ via: 'http://127.0.0.1:1' }));
    const travels = { ...token, places: token.places.map((place) => ({ ...place, overProxies: true })) };
    assert.equal(isLeak({ via: 'http://127.0.0.1:1' }, travels), false);
  });

  test('sees it however it is written', () => {
    const encoded = Buffer.from('ana:npm_Secret').toString('base64');
    const elsewhere = { origin: 'https://evil.example.test', headers: {} };
    assert.ok(isLeak({ ...elsewhere, headers: { authorization: `Basic ${encoded}` } }));
    assert.ok(isLeak({ ...elsewhere, path: '/x?%6Epm_secret' }));
    assert.ok(isLeak({ ...elsewhere, body: '["npm_secret"]' }));
    assert.ok(isLeak({ ...elsewhere, host: 'npm_secret.example.test' }));
  });
});
