import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  judgeSignatures,
  type SignedVersion,
} from '../../../../server/src/core/know/proof/judge-signatures.ts';
import type { RegistryKey } from '../../../../server/src/core/know/registry/documents/keys-kind.ts';
import { verifySignature } from '../../../../server/src/node/verify-signature.ts';
import {
  makeSigningKey,
  type SigningKey,
  signVersion,
} from '../../../registry-servers/support/signing-key.ts';

const INTEGRITY = `sha512-${'A'.repeat(86)}==`;
const [FIRST, SECOND, OTHER] = [
  makeSigningKey(),
  makeSigningKey('2025-01-29T00:00:00.000Z'),
  makeSigningKey(),
];
const EXPIRY = Date.parse('2025-01-29T00:00:00.000Z');

function listed({ listed: { expires, ...key } }: SigningKey): RegistryKey {
  return { ...key, expires: expires === null ? undefined : Date.parse(expires) };
}

const KEYS = [FIRST, SECOND].map(listed);

function signed(keys: readonly SigningKey[], more: Partial<SignedVersion> = {}): SignedVersion {
  const signatures = keys.map((key) => signVersion(key, '@acme/ui', '1.0.0', INTEGRITY));
  return { name: '@acme/ui', version: '1.0.0', integrity: INTEGRITY, signatures, published: EXPIRY, ...more };
}

async function judge(version: SignedVersion, keys: readonly RegistryKey[] = KEYS) {
  return (await judgeSignatures(version, keys, async (...args) => verifySignature(...args))).type;
}

describe('signatures of a registry', () => {
  test('are over the name, the version and the hash', async () => {
    assert.equal(await judge(signed([FIRST])), 'verified');
    assert.equal(await judge(signed([FIRST], { name: 'acme-ui' })), 'invalid');
    assert.equal(await judge(signed([FIRST], { version: '1.0.1' })), 'invalid');
    assert.equal(await judge(signed([FIRST], { integrity: `sha512-${'B'.repeat(86)}==` })), 'invalid');
  });

  test('by a key that expired count for what was published before, and for what has no time', async () => {
    assert.equal(await judge(signed([SECOND], { published: EXPIRY - 1 })), 'verified');
    assert.equal(await judge(signed([SECOND])), 'expired-key');
    assert.equal(await judge(signed([SECOND], { published: undefined })), 'verified');
  });

  test('while keys change, one good signature is enough and a wrong one is too much', async () => {
    assert.equal(await judge(signed([OTHER])), 'unknown-key');
    assert.equal(await judge(signed([OTHER, FIRST])), 'verified');
    assert.equal(await judge(signed([SECOND, FIRST])), 'verified');
    const wrong = { ...signVersion(SECOND, '@acme/ui', '1.0.0', INTEGRITY), keyid: FIRST.keyid };
    assert.equal(
      await judge(signed([], { signatures: [...signed([SECOND]).signatures, wrong], published: 0 })),
      'invalid',
    );
    assert.equal(await judge(signed([])), 'missing');
  });

  test('that are garbage are wrong, and keys that cannot be read prove nothing', async () => {
    for (const sig of ['', 'AAAA', '\u0000', 'x'.repeat(2000), '=='])
      assert.equal(await judge(signed([], { signatures: [{ keyid: FIRST.keyid, sig }] })), 'invalid');
    const [key] = KEYS;
    const odd: readonly Partial<RegistryKey>[] = [
      { key: 'AAAA' },
      { key: '' },
      { scheme: 'rsassa-pss' },
      { key: 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=' },
    ];
    for (const change of odd)
      assert.equal(await judge(signed([FIRST]), [{ ...key!, ...change }]), 'unreadable');
  });
});
