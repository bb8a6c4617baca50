import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { pack } from './support/package-fixture.ts';
import { type RecordedRegistry, startRecordedRegistry } from './support/recorded-registry.ts';
import { type Sigstore, startSigstore } from './support/sigstore.ts';

interface Verified {
  readonly identity?: {
    readonly subjectAlternativeName?: string;
    readonly extensions?: { readonly issuer?: string };
  };
}
interface Verifiers {
  TrustedRoot: { fromJSON(json: object): object };
  bundleFromJSON(json: object): object;
  toSignedEntity(bundle: object): object;
  toTrustMaterial(root: object, keys: Readonly<Record<string, object>>): object;
  Verifier: new (trust: object) => { verify(entity: object): Verified };
}
interface Attestation {
  readonly predicateType: string;
  readonly bundle: { readonly dsseEnvelope: { payload: string } };
}
interface Statement {
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha512: string } }[];
}

describe('attestations of a recorded registry', () => {
  const load = createRequire(import.meta.url);
  const library = {
    ...load('@sigstore/bundle'),
    ...load('@sigstore/protobuf-specs'),
    ...load('@sigstore/verify'),
  } as Verifiers;
  let sigstore: Sigstore;
  let registry: RecordedRegistry;

  before(async () => {
    sigstore = await startSigstore();
    registry = await startRecordedRegistry({
      packages: [pack('@acme/ui', { '1.0.0': {}, '1.1.0': { provenance: 'acme/ui' } })],
      sigstore,
    });
  });
  after(async () => {
    await registry.close();
    await sigstore.close();
  });

  const getJson = async (url: string) => (await fetch(url)).json();
  const attestations = async () => {
    const { versions } = (await getJson(`${registry.url}@acme%2fui`)) as {
      versions: Record<string, { dist: { integrity: string; attestations: { url: string } } }>;
    };
    const { integrity, attestations: where } = versions['1.1.0']!.dist;
    const answer = (await getJson(where.url)) as { attestations: Attestation[] };
    return { integrity, attestations: answer.attestations };
  };
  const verifyAll = (given: readonly Attestation[], trustedRoot: object) => {
    const keys = { [registry.key.keyid]: { rawBytes: Buffer.from(registry.key.listed.key, 'base64') } };
    const trust = library.toTrustMaterial(library.TrustedRoot.fromJSON(trustedRoot), keys);
    const verifier = new library.Verifier(trust);
    return given.map(({ bundle }) =>
      verifier.verify(library.toSignedEntity(library.bundleFromJSON(structuredClone(bundle)))),
    );
  };

  test("are true to Sigstore's own verifier, and about the version's tarball", async () => {
    const { integrity, attestations: given } = await attestations();
    assert.deepEqual(
      given.map(({ predicateType }) => predicateType),
      ['https://github.com/npm/attestation/tree/main/specs/publish/v0.1', 'https://slsa.dev/provenance/v1'],
    );
    const [, provenance] = verifyAll(given, sigstore.trustedRoot);
    assert.equal(
      provenance!.identity!.subjectAlternativeName,
      'https://github.com/acme/ui/.github/workflows/release.yml@refs/heads/main',
    );
    assert.equal(provenance!.identity!.extensions!.issuer, 'https://token.actions.githubusercontent.com');
    const sha512 = Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex');
    for (const { bundle } of given) {
      const statement = JSON.parse(
        Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString(),
      ) as Statement;
      assert.deepEqual(statement.subject, [{ name: 'pkg:npm/%40acme/ui@1.1.0', digest: { sha512 } }]);
    }
  });

  test('are not true once they are changed, or under another root', async () => {
    const { attestations: given } = await attestations();
    const other = await startSigstore();
    for (const each of given) assert.throws(() => verifyAll([each], other.trustedRoot));
    await other.close();
    for (const { bundle } of given) {
      const payload = Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString().replace('1.1.0', '1.1.1');
      bundle.dsseEnvelope.payload = Buffer.from(payload).toString('base64');
    }
    for (const each of given) assert.throws(() => verifyAll([each], sigstore.trustedRoot));
  });

  test('are there only for versions that were published so', async () => {
    const path = '-/npm/v1/attestations/@acme%2fui@1.0.0';
    assert.equal((await fetch(registry.url + path)).status, 404);
  });
});
