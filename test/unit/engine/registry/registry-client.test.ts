import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RegistryKeys } from '../../../../server/src/core/know/registry/documents/keys-kind.ts';
import type { CachePort, CacheRecord, HttpRequest, HttpResult } from '../../../../server/src/engine/ports.ts';
import type {
  DocumentPlace,
  DocumentRequest,
} from '../../../../server/src/engine/registry/document-request.ts';
import { createRegistryClient } from '../../../../server/src/engine/registry/registry-client.ts';
import { plainVersion } from '../../know/registry/plain-version.ts';
import { samplePackument } from '../../know/registry/sample-packument.ts';

const REGISTRY = 'https://npm.acme.example.test/virtual/npm/';
const STATISTICS = 'https://api.public.example.test/';
const NOW = Date.parse('2026-11-24T12:00:00Z');
const DAY = 24 * 60 * 60 * 1000;

function asking(name: string, more: Partial<DocumentRequest> = {}): DocumentRequest {
  return { registry: { url: REGISTRY }, credential: undefined, name, permission: { allowed: true }, ...more };
}

/** Creates a client over answers by URL, and records its requests. */
function setUp(answers: Readonly<Record<string, unknown>>) {
  const requests: HttpRequest[] = [];
  const records = new Map<string, CacheRecord>();
  let now = NOW;
  const cache: CachePort = {
    read: async (key) => records.get(key),
    write: async (key, record) => void records.set(key, record),
    confirm: async () => {},
  };
  const get = async (request: HttpRequest): Promise<HttpResult> => {
    requests.push(request);
    const body = answers[request.url];
    if (typeof body === 'number') return { type: 'answer', status: body, headers: new Map(), body: '{}' };
    const status = body === undefined ? 404 : 200;
    return { type: 'answer', status, headers: new Map(), body: JSON.stringify(body ?? {}) };
  };
  const clock = { now: () => now, wait: async () => {} };
  const open = () => createRegistryClient({ http: { get }, cache, clock });
  type KeysAt = (
    place: DocumentPlace,
    now: number,
  ) => Promise<{ readonly value: RegistryKeys; readonly asOf: number } | undefined>;
  return {
    /** Only the keys, with another source of them. */
    keysOver: (other: KeysAt) =>
      createRegistryClient({ http: { get }, cache, clock, signingKeys: (place) => other(place, now) }).keys,
    client: open(),
    /** Another client over the same cache, as after a restart. */
    open,
    requests,
    records,
    urls: () => requests.map(({ url }) => url),
    pass: (milliseconds: number) => (now += milliseconds),
  };
}

describe('what registries are asked for beside packuments', () => {
  test('the short form has its own address in the cache', async () => {
    const short = {
      name: 'left-pad',
      modified: '2026-01-01T00:00:00Z',
      versions: { '1.0.0': { hasInstallScript: true } },
    };
    const { client, requests, records } = setUp({ [`${REGISTRY}left-pad`]: short });
    const fact = await client.abbreviated.ensure(asking('left-pad'));
    assert.ok(fact.state === 'ready' && fact.value.abbreviated);
    assert.equal(fact.value.versions.get('1.0.0')?.hasInstallScript, true);
    assert.match(requests[0]!.headers.accept!, /^application\/vnd\.npm\.install-v1\+json/);
    assert.deepEqual([...records.keys()], [`abbreviated ${REGISTRY} left-pad`]);
    assert.equal(client.packuments.peek(asking('left-pad')).state, 'pending');
  });

  test('one version, always with its proof', async () => {
    const { versions } = samplePackument('@acme/ui') as { versions: Record<string, object> };
    const url = `${REGISTRY}@acme%2fui/1.2.0%2B7`;
    const document = { ...versions['1.2.0'], version: '1.2.0+7' };
    const { client, open, urls } = setUp({ [url]: document });
    const request = asking('@acme/ui', { version: '1.2.0+7' });
    const fact = await client.versions.ensure(request);
    assert.ok(fact.state === 'ready');
    assert.equal(fact.value.proof?.integrity, 'sha512-1.2.0');
    assert.deepEqual(fact.value.proof?.signatures, [{ keyid: 'SHA256:x', sig: 'x' }]);
    const again = await open().versions.ensure(request);
    assert.deepEqual(again.state === 'ready' && plainVersion(again.value), fact.value);
    assert.deepEqual(urls(), [url]);
    const other = setUp({ [`${REGISTRY}@acme%2fui/1.0.0`]: document });
    assert.deepEqual(await other.client.versions.ensure(asking('@acme/ui', { version: '1.0.0' })), {
      state: 'unavailable',
      reason: 'failed',
      detail: 'the registry answered with the document of another version',
    });
    for (const version of [undefined, 'latest', '../1.0.0', '1.0.0/x', '1 0']) {
      assert.equal((await other.client.versions.ensure(asking('a', { version }))).state, 'unavailable');
    }
    assert.equal(other.urls().length, 1);
  });

  test('tags alone', async () => {
    const { client, open, urls } = setUp({
      [`${REGISTRY}-/package/@acme%2fui/dist-tags`]: { latest: '1.0.0', x: 3 },
    });
    for (const { distTags } of [client, open()]) {
      const fact = await distTags.ensure(asking('@acme/ui'));
      assert.deepEqual(fact.state === 'ready' && [...fact.value], [['latest', '1.0.0']]);
    }
    assert.equal(urls().length, 1);
  });

  test("a registry's keys, which count for a day", async () => {
    const key = {
      expires: '2025-01-29T00:00:00.000Z',
      keyid: 'SHA256:k',
      keytype: 'ecdsa-sha2-nistp256',
      scheme: 'ecdsa-sha2-nistp256',
      key: 'MFkw',
    };
    const url = `${REGISTRY}-/npm/v1/keys`;
    const { client, open, urls, pass } = setUp({
      [url]: { keys: [key, { ...key, keyid: 'SHA256:l', expires: null }] },
    });
    const fact = await client.keys.ensure(asking(''));
    const expected = { ...key, expires: Date.parse('2025-01-29T00:00:00Z') };
    assert.deepEqual(fact.state === 'ready' && fact.value, {
      from: 'registry',
      keys: [expected, { ...expected, keyid: 'SHA256:l', expires: undefined }],
    });
    pass(DAY - 1);
    assert.deepEqual(await open().keys.ensure(asking('')), fact);
    assert.deepEqual(urls(), [url]);
  });

  test('a registry without keys does not sign; keys that cannot be read are a failure', async () => {
    for (const status of [400, 404]) {
      const { client } = setUp({ [`${REGISTRY}-/npm/v1/keys`]: status });
      assert.equal((await client.keys.ensure(asking(''))).state, 'absent');
    }
    const bad = [
      [],
      {},
      { keys: {} },
      { keys: [{ keyid: 'x' }] },
      { keys: [{ keyid: 'x', key: 'y', expires: 'soon' }] },
    ];
    for (const body of bad) {
      const { client } = setUp({ [`${REGISTRY}-/npm/v1/keys`]: body });
      const fact = await client.keys.ensure(asking(''));
      assert.equal(
        fact.state === 'unavailable' && fact.detail,
        'the registry answered with an invalid list of keys',
      );
    }
  });

  test('keys from elsewhere come first, for a day, and are kept as such', async () => {
    const url = `${REGISTRY}-/npm/v1/keys`;
    const key = (keyid: string) => ({
      keyid,
      key: 'QUJD',
      keytype: undefined,
      scheme: undefined,
      expires: undefined,
    });
    const { keysOver, urls, pass } = setUp({
      [url]: { from: 'sigstore', keys: [{ keyid: 'own', key: 'QUJD', expires: null }] },
    });
    let found: readonly string[] | undefined = ['signed'];
    let asked = 0;
    const open = () =>
      keysOver(async (place, now) => {
        asked++;
        assert.equal(place.registry.url, REGISTRY);
        return found && { value: { from: 'sigstore', keys: found.map(key) }, asOf: now };
      });
    const reported = async (keys = open()) => {
      const fact = await keys.ensure(asking(''));
      return (
        fact.state === 'ready' && [fact.value.from, ...fact.value.keys.map(({ keyid }) => keyid)].join(' ')
      );
    };
    const keys = open();
    assert.equal(await reported(keys), 'sigstore signed');
    assert.equal(await reported(keys), 'sigstore signed');
    assert.equal(await reported(), 'sigstore signed');
    assert.deepEqual([asked, urls()], [1, []]);
    found = undefined;
    pass(DAY);
    assert.equal(await reported(keys), 'registry own');
    assert.equal(await reported(), 'registry own');
    assert.deepEqual([asked, urls()], [2, [url]]);
    found = ['signed'];
    pass(DAY);
    assert.equal(await reported(keys), 'sigstore signed');
    const denied = { permission: { allowed: false, reason: 'offline', detail: 'offline' } } as const;
    pass(DAY);
    assert.equal((await keys.ensure(asking('', denied))).state, 'ready');
    assert.equal(asked, 3);
  });

  test('attestations, from the configured registry and for good', async () => {
    const url = `${REGISTRY}-/npm/v1/attestations/@acme%2fui@1.0.0`;
    const attestations = [{ predicateType: 'https://slsa.dev/provenance/v1', bundle: { mediaType: 'x' } }];
    const { client, open, urls, pass } = setUp({ [url]: { attestations } });
    const request = asking('@acme/ui', { version: '1.0.0' });
    const fact = await client.attestations.ensure(request);
    assert.deepEqual(fact.state === 'ready' && fact.value, attestations);
    pass(300 * DAY);
    assert.deepEqual(await open().attestations.ensure(request), fact);
    assert.deepEqual(urls(), [url]);
    const broken = setUp({ [url]: { attestations: [{ predicateType: 3 }] } });
    assert.equal((await broken.client.attestations.ensure(request)).state, 'unavailable');
  });
});

describe('download counts', () => {
  const base = `${STATISTICS}downloads/point/last-week/`;
  const count = (name: string, downloads: number) => ({
    downloads,
    package: name,
    start: '2026-11-16',
    end: '2026-11-22',
  });
  const ask = (client: ReturnType<typeof setUp>['client'], name: string) =>
    client.downloads.ensure(asking(name, { registry: { url: STATISTICS } }));

  test('names without a scope travel together, scoped ones alone', async () => {
    const { client, urls } = setUp({
      [`${base}a,b,c`]: { a: count('a', 7), b: null, c: count('evil', 1) },
      [`${base}@acme/ui`]: count('@acme/ui', 9),
    });
    const facts = await Promise.all(['a', 'b', '@acme/ui', 'c'].map((name) => ask(client, name)));
    assert.deepEqual(
      facts.map((fact) => (fact.state === 'ready' ? fact.value.lastWeek : fact.state)),
      [7, 'absent', 9, 'unavailable'],
    );
    assert.deepEqual(urls().sort(), [`${base}@acme/ui`, `${base}a,b,c`]);
  });

  test('at most 128 at a time, and one alone as the service has it', async () => {
    const names = Array.from({ length: 129 }, (_, at) => `p${at}`);
    const first = names.slice(0, 128);
    const { client, urls } = setUp({
      [base + first.join(',')]: Object.fromEntries(first.map((name, at) => [name, count(name, at)])),
      [`${base}p128`]: count('p128', 5),
    });
    const facts = await Promise.all(names.map((name) => ask(client, name)));
    assert.ok(facts.every((fact) => fact.state === 'ready'));
    assert.equal(urls().length, 2);
  });

  test('a failure is one for all, and no count is zero', async () => {
    const { client } = setUp({ [`${base}a,b`]: 500, [`${base}c,d`]: 'maintenance' });
    for (const [one, two] of [
      ['a', 'b'],
      ['c', 'd'],
    ]) {
      const facts = await Promise.all([ask(client, one!), ask(client, two!)]);
      assert.deepEqual(
        facts.map(({ state }) => state),
        ['unavailable', 'unavailable'],
      );
    }
    const none = await ask(setUp({}).client, 'e');
    assert.equal(none.state, 'absent');
  });
});

describe('what a project configures does not decide for others', () => {
  test('answers over the transport of a project are kept apart', async () => {
    const { client, records, requests } = setUp({ [`${REGISTRY}left-pad`]: samplePackument() });
    const transport = {
      proxy: 'http://proxy.example.test/',
      noProxy: undefined,
      ca: undefined,
      cafile: undefined,
      client: undefined,
      strictSsl: true,
      laxnessIgnored: false,
      ofProject: '[["proxy","http://proxy.example.test/"]]',
    };
    await client.packuments.ensure(asking('left-pad', { transport }));
    assert.equal(requests[0]!.transport, transport);
    assert.equal(client.packuments.peek(asking('left-pad')).state, 'pending');
    await client.packuments.ensure(asking('left-pad', { transport: { ...transport, ofProject: '' } }));
    assert.equal(client.packuments.peek(asking('left-pad')).state, 'ready');
    assert.equal(records.size, 2);
  });
});
