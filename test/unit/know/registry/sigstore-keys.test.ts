import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  keysTarget,
  readSigstoreKeys,
} from '../../../../server/src/core/know/registry/access/sigstore-keys.ts';
import type { RegistryKeys } from '../../../../server/src/core/know/registry/documents/keys-kind.ts';
import type { ProofPort } from '../../../../server/src/engine/registry/proof-port.ts';
import { signingKeysOf } from '../../../../server/src/engine/registry/signing-keys.ts';

const PUBLIC = 'https://registry.public.example.test/';

function listed(more: object = {}, ofKey: object = {}) {
  const publicKey = {
    ...{ rawBytes: 'QUJD', keyDetails: 'PKIX_ECDSA_P256_SHA_256' },
    ...{ validFor: { start: '1999-01-01T00:00:00.000Z', end: '2025-01-29T00:00:00.000Z' } },
    ...ofKey,
  };
  return { keyId: 'SHA256:old', keyUsage: 'npm:signatures', publicKey, ...more };
}

describe('keys of a registry as Sigstore lists them', () => {
  test('each once, with its end', () => {
    const open = { validFor: { start: '2025-01-13T00:00:00.000Z' } };
    const keys = readSigstoreKeys({
      keys: [listed(), listed({ keyUsage: 'npm:attestations' }), listed({ keyId: 'SHA256:new' }, open)],
    });
    const kind = 'ecdsa-sha2-nistp256';
    assert.deepEqual(keys, [
      { keyid: 'SHA256:old', keytype: kind, scheme: kind, key: 'QUJD', expires: Date.parse('2025-01-29') },
      { keyid: 'SHA256:new', keytype: kind, scheme: kind, key: 'QUJD', expires: undefined },
    ]);
    const other = readSigstoreKeys({ keys: [listed({}, { keyDetails: 'PKIX_ED25519' })] });
    assert.equal(other?.[0]?.scheme, 'PKIX_ED25519');
  });

  test('what cannot be read whole is not read', () => {
    for (const odd of [
      undefined,
      null,
      [],
      {},
      { keys: [] },
      { keys: 'x' },
      { keys: [listed(), 7] },
      { keys: [listed({ keyId: '' })] },
      { keys: [listed({ publicKey: null })] },
      { keys: [listed({}, { rawBytes: 7 })] },
      { keys: [listed({}, { validFor: { end: 'soon' } })] },
      { keys: Array.from({ length: 101 }, () => listed()) },
    ]) {
      assert.equal(readSigstoreKeys(odd), undefined, JSON.stringify(odd));
    }
  });

  test('the file is named by host and path', () => {
    assert.equal(keysTarget(PUBLIC), 'registry.public.example.test/keys.json');
    assert.equal(keysTarget('https://npm.example.test:8443/a/b/'), 'npm.example.test:8443/a/b/keys.json');
    assert.equal(keysTarget('npm.example.test'), undefined);
  });

  test('only those of the public registry are looked for', async () => {
    const asked: string[] = [];
    const registryKeys = async (url: string) => {
      asked.push(url);
      return { keys: readSigstoreKeys({ keys: [listed()] })!, asOf: 7 };
    };
    const proofs = { registryKeys } as unknown as ProofPort;
    const source = signingKeysOf({ proofs, publicRegistry: PUBLIC });
    const at = (url: string) => source({ registry: { url }, name: '' });
    const found = await at(PUBLIC);
    assert.deepEqual([found?.asOf, found?.value.from], [7, 'sigstore' satisfies RegistryKeys['from']]);
    assert.equal(await at('https://npm.acme.example.test/'), undefined);
    assert.equal(await at('https://mirror.example.test/registry.public.example.test/'), undefined);
    assert.deepEqual(asked, [PUBLIC]);
    const without = signingKeysOf({ proofs: undefined, publicRegistry: PUBLIC });
    assert.equal(await without({ registry: { url: PUBLIC }, name: '' }), undefined);
  });
});
