import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import type { HttpPort, HttpResult } from '../../../server/src/engine/ports.ts';
import { createSigstore } from '../../../server/src/node/sigstore/sigstore.ts';
import { sigstoreTrustRoot } from '../../../server/src/node/sigstore/trust-root.ts';
import { createTufTargets, NoTrustRoot } from '../../../server/src/node/sigstore/tuf-targets.ts';

const URL_OF_REPOSITORY = 'https://tuf.example.test';
const ROOT = { mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1', tlogs: [] };
const REGISTRY = 'registry.public.example.test';
const LISTED = {
  keys: ['npm:signatures', 'npm:attestations'].map((keyUsage) => ({
    ...{ keyId: 'SHA256:a', keyUsage },
    publicKey: {
      rawBytes: 'QUJD',
      keyDetails: 'PKIX_ECDSA_P256_SHA_256',
      validFor: { start: '2020-01-01T00:00:00Z' },
    },
  })),
};
const DAY = 24 * 60 * 60 * 1000;
const SOON = new Date(Date.now() + 7 * DAY).toISOString().replace(/\.\d+Z/, 'Z');
const folders: string[] = [];

/** Creates a repository of The Update Framework with one key for everything, signed as its specification requires. */
function makeRepository(expires = SOON) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const hex = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
  const key = { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: hex } };
  const keyid = createHash('sha256').update(canonical(key)).digest('hex');
  const signed = (content: object) => {
    const sig = sign(null, Buffer.from(canonical(content)), privateKey).toString('hex');
    return JSON.stringify({ signatures: [{ keyid, sig }], signed: content });
  };
  const common = { spec_version: '1.0.31', version: 1, expires };
  const role = { keyids: [keyid], threshold: 1 };
  const roles = { root: role, timestamp: role, snapshot: role, targets: role };
  const trustedRoot = JSON.stringify(ROOT);
  const keys = JSON.stringify(LISTED);
  const targets = { 'trusted_root.json': targetOf(trustedRoot) };
  // A registry's file is signed by another role, to which its name is delegated.
  const delegated = { name: REGISTRY, ...role, terminating: true, paths: [`${REGISTRY}/*`] };
  const delegations = { keys: { [keyid]: key }, roles: [delegated] };
  const meta = { 'targets.json': { version: 1 }, [`${REGISTRY}.json`]: { version: 1 } };
  const root = signed({ _type: 'root', ...common, consistent_snapshot: true, keys: { [keyid]: key }, roles });
  const files = new Map([
    ['timestamp.json', signed({ _type: 'timestamp', ...common, meta: { 'snapshot.json': { version: 1 } } })],
    ['1.snapshot.json', signed({ _type: 'snapshot', ...common, meta })],
    ['1.targets.json', signed({ _type: 'targets', ...common, targets, delegations })],
    [
      `1.${REGISTRY}.json`,
      signed({ _type: 'targets', ...common, targets: { [`${REGISTRY}/keys.json`]: targetOf(keys) } }),
    ],
    [`targets/${sha256(trustedRoot)}.trusted_root.json`, trustedRoot],
    [`targets/${REGISTRY}/${sha256(keys)}.keys.json`, keys],
  ]);
  return { root: Buffer.from(root), files };
}

function targetOf(text: string): object {
  return { length: text.length, hashes: { sha256: sha256(text) } };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Returns JSON with sorted members and without whitespace. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(',')}}`;
}

function setUp(repository: ReturnType<typeof makeRepository>) {
  const directory = mkdtempSync(path.join(tmpdir(), 'trust-root-'));
  folders.push(directory);
  const asked: string[] = [];
  let answer: ((file: string) => HttpResult) | undefined;
  const http: HttpPort = {
    async get({ url }) {
      const file = url.slice(URL_OF_REPOSITORY.length + 1);
      asked.push(file);
      if (answer !== undefined) return answer(file);
      const body = repository.files.get(file);
      return { type: 'answer', status: body === undefined ? 404 : 200, headers: new Map(), body: body ?? '' };
    },
  };
  const clock = { now: Date.now() };
  const options = {
    ...{ directory, http, now: () => clock.now },
    repository: { url: URL_OF_REPOSITORY, root: repository.root },
  };
  const open = () => sigstoreTrustRoot(createTufTargets(options));
  const openKeys = (file?: string) => {
    const sigstore = createSigstore({ ...options, file });
    return (registry = `https://${REGISTRY}/`) => sigstore.registryKeys(registry);
  };
  return { open, openKeys, asked, clock, directory, answerWith: (next: typeof answer) => (answer = next) };
}

describe("Sigstore's trust root", () => {
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  test('is fetched and verified, kept, and not asked for again the same day', async () => {
    const { open, asked, clock } = setUp(makeRepository());
    const trustRoot = open();
    assert.deepEqual(await trustRoot.load(true), ROOT);
    clock.now += DAY / 2;
    assert.equal(asked.filter((file) => file === 'timestamp.json').length, 1);
    const count = asked.length;
    assert.deepEqual(await trustRoot.load(true), ROOT);
    assert.deepEqual(await open().load(true), ROOT);
    assert.deepEqual(await open().load(false), ROOT);
    assert.equal(asked.length, count);
  });

  test('is asked for again the next day, and unknown without an answer', async () => {
    const { open, asked, clock, directory, answerWith } = setUp(makeRepository());
    await open().load(true);
    const count = asked.length;
    clock.now += 2 * DAY;
    assert.deepEqual(await open().load(true), ROOT);
    assert.ok(asked.length > count);
    const old = new Date(clock.now - 2 * DAY);
    utimesSync(path.join(directory, 'timestamp.json'), old, old);
    answerWith(() => ({ type: 'failed', detail: 'cannot be reached', unreachable: true }));
    await assert.rejects(open().load(true), NoTrustRoot);
  });

  test('is not asked for offline, and then unknown', async () => {
    const { open, asked } = setUp(makeRepository());
    await assert.rejects(
      open().load(false),
      (error) => error instanceof NoTrustRoot && error.reason === 'offline' && /^offline/.test(error.message),
    );
    assert.deepEqual(asked, []);
  });

  test('that somebody else signed, changed or let expire is none', async () => {
    const right = makeRepository();
    const other = makeRepository();
    for (const file of [...right.files.keys()].filter((name) => !name.includes(REGISTRY))) {
      const { open, answerWith } = setUp(right);
      answerWith((asked) => {
        const body = (asked === file && !file.startsWith('targets/') ? other : right).files.get(asked);
        const changed = asked === file && file.startsWith('targets/') ? '{"tlogs": [1]}' : body;
        return {
          type: 'answer',
          status: changed === undefined ? 404 : 200,
          headers: new Map(),
          body: changed ?? '',
        };
      });
      await assert.rejects(open().load(true), NoTrustRoot, file);
    }
    const { open } = setUp(makeRepository('2020-01-01T00:00:00Z'));
    await assert.rejects(open().load(true), NoTrustRoot);
  });

  test('that failed is tried again after a minute', async () => {
    const { open, asked, clock, answerWith } = setUp(makeRepository());
    const trustRoot = open();
    answerWith(() => ({ type: 'timeout' }));
    await assert.rejects(trustRoot.load(true), NoTrustRoot);
    const count = asked.length;
    await assert.rejects(trustRoot.load(true), NoTrustRoot);
    assert.equal(asked.length, count);
    answerWith(undefined);
    clock.now += 61_000;
    assert.deepEqual(await trustRoot.load(true), ROOT);
  });
});

describe('keys of a registry that Sigstore hands out', () => {
  const KEY = {
    ...{ keyid: 'SHA256:a', keytype: 'ecdsa-sha2-nistp256', scheme: 'ecdsa-sha2-nistp256' },
    ...{ key: 'QUJD', expires: undefined },
  };

  test('are fetched by the name of its host, verified, and kept for a day', async () => {
    const { openKeys, asked, clock } = setUp(makeRepository());
    const asOf = clock.now;
    const keys = openKeys();
    assert.deepEqual(await keys(), { keys: [KEY], asOf });
    const count = asked.length;
    clock.now += DAY / 2;
    const again = await openKeys()();
    assert.deepEqual(again?.keys, [KEY]);
    assert.ok(Math.abs(again.asOf - asOf) < 1000);
    assert.deepEqual((await keys())?.asOf, asOf);
    assert.equal(asked.length, count);
    clock.now += DAY;
    assert.equal((await keys())?.asOf, clock.now);
    assert.ok(asked.length > count);
    assert.ok(asked.every((file) => !/\?|@/.test(file)));
  });

  test('are none where it keeps none of that registry', async () => {
    const { openKeys } = setUp(makeRepository());
    const keys = openKeys();
    assert.equal(await keys('https://npm.acme.example.test/'), undefined);
    assert.equal(await keys(`https://${REGISTRY}/other/`), undefined);
    assert.equal(await keys('nowhere'), undefined);
    assert.ok((await keys()) !== undefined);
  });

  test('are none where it cannot be asked, or somebody changed them', async () => {
    const right = makeRepository();
    for (const file of right.files.keys()) {
      if (file.endsWith('trusted_root.json')) continue;
      const { openKeys, answerWith } = setUp(right);
      answerWith((asked) => {
        const body = right.files.get(asked);
        const changed =
          asked === file ? body?.replace('SHA256:a', 'SHA256:b').replace('"version":1', '"version":2') : body;
        return {
          type: 'answer',
          status: changed === undefined ? 404 : 200,
          headers: new Map(),
          body: changed ?? '',
        };
      });
      assert.equal(await openKeys()(), undefined, file);
    }
    const { openKeys, answerWith } = setUp(right);
    answerWith(() => ({ type: 'timeout' }));
    assert.equal(await openKeys()(), undefined);
  });

  test('are not asked for where the user trusts another root', async () => {
    const { openKeys, asked } = setUp(makeRepository());
    assert.equal(await openKeys('trusted_root.json')(), undefined);
    assert.deepEqual(asked, []);
  });

  test('come with the trust root in any order, as both share what they keep', async () => {
    const { open, openKeys } = setUp(makeRepository());
    const [root, keys] = await Promise.all([open().load(true), openKeys()()]);
    assert.deepEqual([root, keys?.keys], [ROOT, [KEY]]);
  });
});
