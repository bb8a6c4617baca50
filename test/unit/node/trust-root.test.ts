import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import type { HttpPort, HttpResult } from '../../../server/src/engine/ports.ts';
import { createTrustRoot, NoTrustRoot } from '../../../server/src/node/sigstore/trust-root.ts';

const URL_OF_REPOSITORY = 'https://tuf.example.test';
const ROOT = { mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1', tlogs: [] };
const DAY = 24 * 60 * 60 * 1000;
const SOON = new Date(Date.now() + 7 * DAY).toISOString().replace(/\.\d+Z/, 'Z');
const folders: string[] = [];

/** A repository of The Update Framework with one key for everything, signed as its specification says. */
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
  const target = JSON.stringify(ROOT);
  const sha256 = createHash('sha256').update(target).digest('hex');
  const targets = { 'trusted_root.json': { length: target.length, hashes: { sha256 } } };
  const root = signed({ _type: 'root', ...common, consistent_snapshot: true, keys: { [keyid]: key }, roles });
  const files = new Map([
    ['timestamp.json', signed({ _type: 'timestamp', ...common, meta: { 'snapshot.json': { version: 1 } } })],
    ['1.snapshot.json', signed({ _type: 'snapshot', ...common, meta: { 'targets.json': { version: 1 } } })],
    ['1.targets.json', signed({ _type: 'targets', ...common, targets })],
    [`targets/${sha256}.trusted_root.json`, target],
  ]);
  return { root: Buffer.from(root), files };
}

/** JSON with sorted members and nothing in between. */
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
  const open = () =>
    createTrustRoot({
      ...{ file: undefined, directory, http, now: () => clock.now },
      repository: { url: URL_OF_REPOSITORY, root: repository.root },
    });
  return { open, asked, clock, directory, answerWith: (next: typeof answer) => (answer = next) };
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
      (error) => error instanceof NoTrustRoot && error.offline && /^offline/.test(error.message),
    );
    assert.deepEqual(asked, []);
  });

  test('that somebody else signed, changed or let expire is none', async () => {
    const right = makeRepository();
    const other = makeRepository();
    for (const file of right.files.keys()) {
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
