import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BundleResult } from '../../../../server/src/core/know/proof/bundle-result.ts';
import type { Attestation } from '../../../../server/src/core/know/registry/documents/attestations-kind.ts';
import type { Fact } from '../../../../server/src/core/know/registry/documents/fact.ts';
import type {
  RegistryKey,
  RegistryKeys,
} from '../../../../server/src/core/know/registry/documents/keys-kind.ts';
import { narrowVersion } from '../../../../server/src/core/know/registry/documents/narrow-version.ts';
import type {
  Packument,
  PackumentVersion,
} from '../../../../server/src/core/know/registry/documents/packument.ts';
import type { FactSource } from '../../../../server/src/engine/registry/fact-source.ts';
import { createProofChecks } from '../../../../server/src/engine/registry/proof-checks.ts';
import { proofFacts } from '../../../../server/src/engine/registry/proof-facts.ts';
import type { ProofPort } from '../../../../server/src/engine/registry/proof-port.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const HOUR = 60 * 60 * 1000;
const SHA512 = `sha512-${'A'.repeat(86)}==`;
const SLSA = 'https://slsa.dev/provenance/v1';
const KEY: RegistryKey = { keyid: 'a', keytype: undefined, scheme: undefined, key: 'x', expires: undefined };
const KEYS: RegistryKeys = { from: 'registry', keys: [KEY] };
const STATEMENT = Buffer.from(
  JSON.stringify({
    predicateType: SLSA,
    subject: [{ name: 'pkg:npm/pad@1.0.0', digest: { sha512: '0'.repeat(128) } }],
  }),
).toString('base64');
const ATTESTATION: Attestation = {
  predicateType: SLSA,
  bundle: { dsseEnvelope: { payloadType: 'application/vnd.in-toto+json', payload: STATEMENT } },
};
const CERTIFICATE = {
  ...{ issuer: undefined, subject: undefined, repositoryId: undefined, ref: undefined, commit: undefined },
  repository: 'https://github.com/acme/pad',
};
const OFFLINE = { state: 'unavailable', reason: 'offline', detail: 'offline' } as const;
const PENDING = { state: 'pending' } as const;

function ready<T>(value: T, more: { asOf?: number; stale?: boolean } = {}): Fact<T> {
  return { state: 'ready', value, asOf: NOW, stale: false, ...more };
}

function versionOf(dist: object): Fact<PackumentVersion> {
  return ready(narrowVersion('pad', '1.0.0', { dist: { integrity: SHA512, ...dist } }));
}

const SIGNED = { signatures: [{ keyid: 'a', sig: 'right' }] };
const ATTESTED = { attestations: { provenance: { predicateType: SLSA } } };

interface Known {
  version?: Fact<PackumentVersion>;
  keys?: Fact<RegistryKeys>;
  attestations?: Fact<readonly Attestation[]>;
  published?: number;
}

/** Creates facts over given registry answers, and records requests and verifications. */
function setUp(known: Known, more: { online?: boolean; noPort?: boolean } = {}) {
  const asked: string[] = [];
  const verified: string[] = [];
  const clock = { now: NOW };
  let result: BundleResult = { type: 'verified', certificate: CERTIFICATE };
  const port: ProofPort = {
    async verifySignature(_, text, sig) {
      verified.push(text);
      return sig === 'right';
    },
    async verifyBundle(_, { online }) {
      verified.push(`bundle ${online ? 'online' : 'offline'}`);
      return result;
    },
    async registryKeys() {
      throw new Error('keys are a fact of their own');
    },
    hasher() {
      throw new Error('nothing is hashed');
    },
  };
  const source = <T>(label: string, fact: Fact<T> | undefined): FactSource<T> => {
    let reported: Fact<T> = PENDING;
    const tell = () => {
      asked.push(label);
      reported = fact ?? OFFLINE;
    };
    const ensure = async () => {
      tell();
      return reported;
    };
    return { peek: () => reported, load: async () => tell(), ensure };
  };
  const times = new Map(known.published === undefined ? [] : [['1.0.0', known.published]]);
  const facts = proofFacts(
    {
      packument: { peek: () => ready({ times } as unknown as Packument) },
      version: source('version', known.version),
      keys: source('keys', known.keys),
      attestations: source('attestations', known.attestations),
    },
    createProofChecks(more.noPort === true ? undefined : port, { now: () => clock.now }),
    more.online ?? true,
  );
  return { facts, asked, verified, clock, verifiesAs: (next: BundleResult) => (result = next) };
}

describe('facts about signatures', () => {
  test('are pending until asked for, then stay the same object', async () => {
    const { facts, asked, verified } = setUp({ version: versionOf(SIGNED), keys: ready(KEYS) });
    assert.equal(facts.signature.peek('pad', '1.0.0').state, 'pending');
    const fact = await facts.signature.ensure('pad', '1.0.0');
    assert.deepEqual(fact.state === 'ready' && fact.value, {
      type: 'verified',
      keyid: 'a',
      integrity: SHA512,
    });
    assert.equal(facts.signature.peek('pad', '1.0.0'), fact);
    await facts.signature.ensure('pad', '1.0.0');
    assert.equal(facts.signature.peek('pad', '1.0.0'), fact);
    assert.deepEqual(verified, [`pad@1.0.0:${SHA512}`]);
    assert.ok(!asked.includes('attestations'));
  });

  test('are unknown or absent with what they need', async () => {
    const states = async (known: Known) => {
      const fact = await setUp(known).facts.signature.ensure('pad', '1.0.0');
      return fact.state === 'unavailable' ? fact.reason : fact.state;
    };
    const version = versionOf(SIGNED);
    assert.equal(await states({ keys: ready(KEYS) }), 'offline');
    assert.equal(await states({ version }), 'offline');
    assert.equal(await states({ version, keys: { state: 'absent', asOf: NOW } }), 'absent');
    assert.equal(await states({ version: { state: 'absent', asOf: NOW }, keys: ready(KEYS) }), 'absent');
    const bare = ready(narrowVersion('pad', '1.0.0', { dist: { shasum: 'x' } }));
    assert.equal(await states({ version: bare, keys: ready(KEYS) }), 'not-provided');
    const { facts } = setUp({ version, keys: ready(KEYS) }, { noPort: true });
    const fact = await facts.signature.ensure('pad', '1.0.0');
    assert.equal(fact.state === 'unavailable' && fact.reason, 'not-provided');
  });

  test('by a key that may be newer than the list of keys are unknown', async () => {
    const version = versionOf({ signatures: [{ keyid: 'new', sig: 'right' }] });
    const verdict = async (keys: Fact<RegistryKeys>, published?: number) => {
      const known = { version, keys, ...(published === undefined ? {} : { published }) };
      const fact = await setUp(known).facts.signature.ensure('pad', '1.0.0');
      return fact.state === 'ready' ? fact.value.type : fact.state;
    };
    assert.equal(await verdict(ready(KEYS)), 'unknown-key');
    assert.equal(await verdict(ready(KEYS), NOW - HOUR), 'unknown-key');
    assert.equal(await verdict(ready(KEYS, { asOf: NOW - 2 * HOUR }), NOW - HOUR), 'unavailable');
    assert.equal(await verdict(ready(KEYS, { stale: true })), 'unavailable');
  });
});

describe('facts about provenance', () => {
  const version = ready(
    narrowVersion('pad', '1.0.0', {
      dist: { integrity: `sha512-${'A'.repeat(86)}==`, ...ATTESTED },
    }),
  );
  const known = { version, keys: ready(KEYS), attestations: ready([ATTESTATION]) };

  test('of a version without any cost no request', async () => {
    const { facts, asked } = setUp({ ...known, version: versionOf(SIGNED) });
    assert.equal((await facts.provenance.ensure('pad', '1.0.0')).state, 'absent');
    assert.deepEqual([...new Set(asked)], ['version']);
    assert.equal(facts.provenance.peek('pad', '1.0.0'), facts.provenance.peek('pad', '1.0.0'));
  });

  test('are verified once, online only where that is allowed', async () => {
    for (const online of [true, false]) {
      const { facts, verified } = setUp(known, { online });
      await facts.provenance.ensure('pad', '1.0.0');
      const fact = await facts.provenance.ensure('pad', '1.0.0');
      assert.equal(fact.state, 'ready');
      assert.deepEqual(verified, [`bundle ${online ? 'online' : 'offline'}`]);
    }
  });

  test('that could not be verified are unknown, and tried again after a minute', async () => {
    const { facts, verified, clock, verifiesAs } = setUp(known);
    verifiesAs({ type: 'unknown', why: { reason: 'failed', detail: 'no root' } });
    const fact = await facts.provenance.ensure('pad', '1.0.0');
    assert.deepEqual(fact, { state: 'unavailable', reason: 'failed', detail: 'no root' });
    await facts.provenance.ensure('pad', '1.0.0');
    assert.equal(verified.length, 1);
    clock.now += 61_000;
    verifiesAs({ type: 'invalid', detail: 'its signature does not verify' });
    const again = await facts.provenance.ensure('pad', '1.0.0');
    assert.deepEqual(again.state === 'ready' && again.value.map(({ result }) => result), ['invalid']);
  });

  test('that the registry names and does not give are not provided', async () => {
    const { facts } = setUp({ ...known, attestations: { state: 'absent', asOf: NOW } });
    const fact = await facts.provenance.ensure('pad', '1.0.0');
    assert.equal(fact.state === 'unavailable' && fact.reason, 'not-provided');
  });

  test('do not need the keys of the registry', async () => {
    const { facts, verifiesAs } = setUp({ ...known, keys: { state: 'absent', asOf: NOW } });
    verifiesAs({ type: 'invalid', detail: 'its signature does not verify' });
    const fact = await facts.provenance.ensure('pad', '1.0.0');
    assert.equal(fact.state, 'ready');
  });
});
