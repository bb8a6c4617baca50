import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signingCertificate } from '../../../server/src/node/sigstore/signing-certificate.ts';

type Identity = Parameters<typeof signingCertificate>[0];

function identityOf(extensions: Readonly<Record<number, Buffer>>): Identity {
  const oids = Object.entries(extensions).map(([last, value]) => ({
    oid: { id: [1, 3, 6, 1, 4, 1, 57264, 1, Number(last)] },
    value,
  }));
  return { extensions: { issuer: 'https://ci.example.test' }, subjectAlternativeName: 'who', oids };
}

/** Encodes a UTF8String in DER. */
function der(text: string): Buffer {
  const bytes = Buffer.from(text);
  const { length } = bytes;
  const head =
    length < 0x80
      ? [0x0c, length]
      : length < 0x100
        ? [0x0c, 0x81, length]
        : [0x0c, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), bytes]);
}

test('the extensions of a CI service are read', () => {
  const { repository, repositoryId, ref, commit, issuer, subject } = signingCertificate(
    identityOf({
      12: der('https://gitlab.com/acme/ui'),
      13: der('0123'),
      14: der('refs/heads/é'),
      15: der('7'),
      5: Buffer.from('other/repository'),
    }),
  );
  assert.deepEqual(
    [repository, commit, ref, repositoryId, issuer, subject],
    ['https://gitlab.com/acme/ui', '0123', 'refs/heads/é', '7', 'https://ci.example.test', 'who'],
  );
});

test('so are those that GitHub had before', () => {
  const old = { 3: Buffer.from('0123'), 5: Buffer.from('acme/ui'), 6: Buffer.from('refs/tags/v1') };
  const { repository, repositoryId, ref, commit } = signingCertificate(identityOf(old));
  assert.deepEqual(
    [repository, commit, ref, repositoryId],
    ['https://github.com/acme/ui', '0123', 'refs/tags/v1', undefined],
  );
});

test('texts of any length are read whole, and what is none is not told', () => {
  for (const length of [1, 127, 128, 255, 256, 5000]) {
    const text = 'x'.repeat(length);
    assert.equal(signingCertificate(identityOf({ 12: der(text) })).repository, text);
  }
  const odd = [
    Buffer.alloc(0),
    Buffer.from([0x0c]),
    Buffer.from([0x0c, 5, 65]),
    Buffer.from([0x04, 1, 65]),
    Buffer.from([0x0c, 0x84, 0, 0, 0, 1, 65]),
  ];
  for (const value of odd) assert.equal(signingCertificate(identityOf({ 12: value })).repository, undefined);
  assert.equal(signingCertificate(undefined).repository, undefined);
});
