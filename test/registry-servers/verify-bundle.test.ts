import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { BundleResult } from '../../server/src/core/know/proof/bundle-result.ts';
import { judgeAttestation } from '../../server/src/core/know/proof/judge-attestation.ts';
import {
  ATTESTATIONS,
  type Attestation,
} from '../../server/src/core/know/registry/documents/attestations-kind.ts';
import type { JsonObject } from '../../server/src/core/know/registry/documents/json-value.ts';
import { KEYS, type RegistryKey } from '../../server/src/core/know/registry/documents/keys-kind.ts';
import { createProofs } from '../../server/src/node/proofs.ts';
import { pack } from './support/package-fixture.ts';
import { type RecordedRegistry, startRecordedRegistry } from './support/recorded-registry.ts';
import { type Sigstore, startSigstore } from './support/sigstore.ts';
import { tarballOf } from './support/tarball.ts';

interface Bundle {
  dsseEnvelope: { payload: string; signatures: { sig: string; keyid?: string }[] };
  verificationMaterial: {
    tlogEntries: object[];
    certificate?: object;
    x509CertificateChain?: object;
    publicKey?: { hint: string };
  };
}

describe('bundles of Sigstore', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sigstore-'));
  let sigstore: Sigstore;
  let registry: RecordedRegistry;
  let keys: readonly RegistryKey[];
  let publish: Attestation;
  let provenance: Attestation;
  let ofOther: Attestation;

  before(async () => {
    sigstore = await startSigstore();
    const provenPackage = (name: string) => pack(name, { '1.1.0': { provenance: 'acme/ui' } });
    registry = await startRecordedRegistry({
      packages: [provenPackage('@acme/ui'), provenPackage('left-pad')],
      sigstore,
    });
    writeFileSync(rootFile(), JSON.stringify(sigstore.trustedRoot));
    const json = async (address: string) => (await fetch(registry.url + address)).json();
    keys = KEYS.fromRecord(await json('-/npm/v1/keys'), { name: '' })!.keys;
    const of = async (name: string) =>
      ATTESTATIONS.fromRecord(await json(`-/npm/v1/attestations/${name}@1.1.0`), { name })!;
    [publish, provenance] = (await of('@acme%2fui')) as [Attestation, Attestation];
    ofOther = (await of('left-pad'))[1]!;
  });
  after(async () => {
    await registry.close();
    await sigstore.close();
    rmSync(folder, { recursive: true });
  });

  const rootFile = () => path.join(folder, 'trusted_root.json');
  const verify = (bundle: JsonObject, trustedRoot = rootFile(), own = keys): Promise<BundleResult> => {
    const proofs = createProofs({ http: undefined, cache: undefined, trustedRoot, now: Date.now });
    return proofs.verifyBundle(bundle, { keys: own, online: false });
  };
  const changed = ({ bundle }: Attestation, change: (bundle: Bundle) => void): JsonObject => {
    const copy = structuredClone(bundle) as unknown as Bundle;
    change(copy);
    return copy as unknown as JsonObject;
  };

  test('are verified, and say whose workflow signed', async () => {
    const result = await verify(provenance.bundle);
    assert.deepEqual(result, {
      type: 'verified',
      certificate: {
        issuer: 'https://token.actions.githubusercontent.com',
        subject: 'https://github.com/acme/ui/.github/workflows/release.yml@refs/heads/main',
        repository: 'https://github.com/acme/ui',
        repositoryId: '1',
        ref: 'refs/heads/main',
        commit: '0123456789abcdef0123456789abcdef01234567',
      },
    });
    assert.deepEqual(await verify(publish.bundle), { type: 'verified', certificate: undefined });
  });

  test('of another package are true, and not about this one', async () => {
    const { sha512 } = tarballOf({
      name: '@acme/ui',
      version: '1.1.0',
      description: 'Made for tests.',
      license: 'MIT',
    });
    const version = { name: '@acme/ui', version: '1.1.0', sha512 };
    assert.equal((await verify(ofOther.bundle)).type, 'verified');
    const judged = async (attestation: Attestation) =>
      judgeAttestation(version, attestation, await verify(attestation.bundle)).result;
    assert.deepEqual(await Promise.all([publish, provenance, ofOther].map(judged)), [
      'verified',
      'verified',
      'invalid',
    ]);
  });

  test('do not verify once anything in them is changed', async () => {
    const changes: Readonly<Record<string, (bundle: Bundle) => void>> = {
      statement({ dsseEnvelope }) {
        const text = Buffer.from(dsseEnvelope.payload, 'base64').toString().replace('1.1.0', '1.1.1');
        dsseEnvelope.payload = Buffer.from(text).toString('base64');
      },
      signature({ dsseEnvelope }) {
        dsseEnvelope.signatures[0]!.sig = Buffer.from('no signature').toString('base64');
      },
      'no signature'({ dsseEnvelope }) {
        dsseEnvelope.signatures = [];
      },
      'no log entry'({ verificationMaterial }) {
        verificationMaterial.tlogEntries = [];
      },
      'a log entry twice'({ verificationMaterial }) {
        verificationMaterial.tlogEntries.push(structuredClone(verificationMaterial.tlogEntries[0]!));
      },
      "another's certificate and log entry"(bundle) {
        bundle.verificationMaterial = structuredClone(
          (ofOther.bundle as unknown as Bundle).verificationMaterial,
        );
      },
      truncated({ dsseEnvelope }) {
        dsseEnvelope.payload = dsseEnvelope.payload.slice(0, 40);
      },
    };
    for (const attestation of [publish, provenance]) {
      for (const [what, change] of Object.entries(changes)) {
        const { type } = await verify(changed(attestation, change));
        assert.equal(type, 'invalid', what);
      }
    }
  });

  test('that are no bundles are wrong and throw nothing', async () => {
    const cyclic: Record<string, unknown> = { ...provenance.bundle };
    cyclic.self = cyclic;
    const odd: readonly JsonObject[] = [
      {},
      JSON.parse('{"__proto__": {"dsseEnvelope": {}}, "constructor": 1}') as JsonObject,
      { mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json' },
      { ...provenance.bundle, mediaType: 'text/plain' },
      { ...provenance.bundle, verificationMaterial: { certificate: { rawBytes: 'AAAA' }, tlogEntries: [] } },
      { ...provenance.bundle, verificationMaterial: null },
      { ...provenance.bundle, dsseEnvelope: { payload: 1, signatures: 'x' } },
    ];
    for (const bundle of odd) assert.equal((await verify(bundle)).type, 'invalid', JSON.stringify(bundle));
    assert.equal((await verify(cyclic as JsonObject)).type, 'verified');
  });

  test('of a later kind are unknown', async () => {
    const mediaType = 'application/vnd.dev.sigstore.bundle.v0.9+json';
    const verificationMaterial = { witness: {} };
    assert.equal((await verify({ ...provenance.bundle, mediaType, verificationMaterial })).type, 'unknown');
    assert.equal((await verify({ ...provenance.bundle, verificationMaterial })).type, 'invalid');
  });

  test("by a key that is not the registry's are unknown, and by one that had expired wrong", async () => {
    const others = keys.filter(({ keyid }) => keyid !== registry.key.keyid);
    assert.equal((await verify(publish.bundle, rootFile(), others)).type, 'unknown');
    const expired = keys.map((key) => ({ ...key, expires: Date.parse('2025-01-01T00:00:00Z') }));
    assert.deepEqual(await verify(publish.bundle, rootFile(), expired), {
      type: 'invalid',
      detail: 'its key had expired when it was signed',
    });
  });

  test('under another root are wrong; without one they are unknown', async () => {
    const other = await startSigstore();
    const file = path.join(folder, 'other.json');
    writeFileSync(file, JSON.stringify(other.trustedRoot));
    await other.close();
    assert.equal((await verify(provenance.bundle, file)).type, 'invalid');
    const broken = path.join(folder, 'broken.json');
    for (const text of [
      '{',
      '{}',
      '[]',
      '{"tlogs": 1}',
      JSON.stringify({ ...sigstore.trustedRoot, tlogs: [] }),
    ]) {
      writeFileSync(broken, text);
      assert.equal((await verify(provenance.bundle, broken)).type, 'unknown', text);
    }
    const missing = await verify(provenance.bundle, path.join(folder, 'missing.json'));
    assert.equal(missing.type, 'unknown');
  });
});
