import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BundleResult } from '../../../../server/src/core/know/proof/bundle-result.ts';
import { judgeAttestation } from '../../../../server/src/core/know/proof/judge-attestation.ts';
import { readStatement } from '../../../../server/src/core/know/proof/read-statement.ts';
import type { JsonObject } from '../../../../server/src/core/know/registry/documents/json-value.ts';
import { asObject } from '../../../../server/src/core/know/registry/documents/json-value.ts';

const SLSA = 'https://slsa.dev/provenance/v1';
const SHA = 'ab'.repeat(64);
const VERSION = { name: '@acme/ui', version: '1.1.0', sha512: SHA };
const CERTIFICATE = {
  issuer: 'https://token.actions.example.test',
  subject: 'https://github.com/acme/ui/.github/workflows/release.yml@refs/heads/main',
  repository: 'https://github.com/acme/ui',
  repositoryId: '1',
  ref: 'refs/heads/main',
  commit: '0123',
};
const VERIFIED: BundleResult = { type: 'verified', certificate: CERTIFICATE };

interface Parts {
  readonly subject?: unknown;
  readonly predicateType?: unknown;
  readonly repository?: string;
  readonly payloadType?: string;
}

function bundleOf(parts: Parts = {}): JsonObject {
  const { subject = [{ name: 'pkg:npm/%40acme/ui@1.1.0', digest: { sha512: SHA } }], predicateType = SLSA } =
    parts;
  const { repository = 'https://github.com/Acme/ui', payloadType = 'application/vnd.in-toto+json' } = parts;
  const predicate = { buildDefinition: { externalParameters: { workflow: { repository } } } };
  const payload = Buffer.from(JSON.stringify({ subject, predicateType, predicate })).toString('base64');
  return { dsseEnvelope: { payloadType, payload } };
}

function judge(bundle: JsonObject, verified = VERIFIED, predicateType = SLSA) {
  return judgeAttestation(VERSION, { predicateType, bundle }, verified);
}

describe('an attestation', () => {
  test('says where it was built by its certificate, not by its own words', () => {
    const verdict = judge(bundleOf());
    assert.ok(verdict.result === 'verified');
    assert.equal(verdict.source?.repository, 'https://github.com/acme/ui');
    assert.equal(verdict.source.ref, 'refs/heads/main');
  });

  test('counts only for the very file of this version', () => {
    const subjects: readonly (readonly [unknown, RegExp])[] = [
      [[{ name: 'pkg:npm/%40acme/ui@1.1.1', digest: { sha512: SHA } }], /another package or version/],
      [[{ name: 'pkg:npm/ui@1.1.0', digest: { sha512: SHA } }], /another package or version/],
      [[{ name: 'pkg:npm/%40acme/ui@1.1.0', digest: { sha512: 'cd'.repeat(64) } }], /another file/],
      [[{ name: 'pkg:npm/%40acme/ui@1.1.0', digest: { sha256: SHA } }], /another file/],
      [[], /exactly one file/],
      [
        [
          { name: 'pkg:npm/%40acme/ui@1.1.0', digest: { sha512: SHA } },
          { name: 'pkg:npm/evil@1.0.0', digest: { sha512: SHA } },
        ],
        /exactly one file/,
      ],
      [{ 0: {} }, /no statement/],
      [[null], /no statement/],
    ];
    for (const [subject, expected] of subjects) {
      const verdict = judge(bundleOf({ subject }));
      assert.ok(verdict.result === 'invalid', JSON.stringify(subject));
      assert.match(verdict.detail, expected);
    }
  });

  test('that is listed as something else, or is no statement, is wrong', () => {
    assert.equal(judge(bundleOf(), VERIFIED, 'https://slsa.dev/provenance/v0.2').result, 'invalid');
    assert.equal(judge(bundleOf({ payloadType: 'text/plain' })).result, 'invalid');
    assert.equal(judge({}).result, 'invalid');
    const whole = asObject(bundleOf().dsseEnvelope)!.payload as string;
    for (const payload of [
      '',
      whole.slice(0, -5),
      `${whole}A===`,
      `${whole.slice(0, 8)} ${whole.slice(8)}`,
      '!!!!',
    ]) {
      const bundle = { dsseEnvelope: { payloadType: 'application/vnd.in-toto+json', payload } };
      assert.equal(readStatement(bundle), undefined, payload.slice(0, 10));
      assert.equal(judge(bundle).result, 'invalid');
    }
  });

  test('of a repository that its certificate does not name is wrong', () => {
    const verdict = judge(bundleOf({ repository: 'https://github.com/mallory/ui' }));
    assert.ok(verdict.result === 'invalid');
    assert.match(verdict.detail, /another repository/);
  });

  test('of SLSA 0.2 names its repository elsewhere', () => {
    const type = 'https://slsa.dev/provenance/v0.2';
    const of = (uri: string) => {
      const subject = [{ name: 'pkg:npm/%40acme/ui@1.1.0', digest: { sha512: SHA } }];
      const statement = {
        subject,
        predicateType: type,
        predicate: { invocation: { configSource: { uri } } },
      };
      const payload = Buffer.from(JSON.stringify(statement)).toString('base64');
      return judge(
        { dsseEnvelope: { payloadType: 'application/vnd.in-toto+json', payload } },
        VERIFIED,
        type,
      );
    };
    assert.equal(of('git+https://github.com/acme/ui@refs/tags/v1.1.0').result, 'verified');
    assert.equal(of('git+https://github.com/mallory/ui@refs/tags/v1.1.0').result, 'invalid');
  });

  test('that is signed by a person or a key proves no build', () => {
    for (const certificate of [undefined, { ...CERTIFICATE, repository: undefined }]) {
      assert.equal(judge(bundleOf(), { type: 'verified', certificate }).result, 'unknown');
    }
  });

  test("of the registry's own is signed by the registry, and by nobody with a certificate", () => {
    const type = 'https://github.com/npm/attestation/tree/main/specs/publish/v0.1';
    const bundle = bundleOf({ predicateType: type });
    assert.equal(judge(bundle, { type: 'verified', certificate: undefined }, type).result, 'verified');
    assert.equal(judge(bundle, VERIFIED, type).result, 'invalid');
  });

  test('is as unknown or wrong as its signature', () => {
    const why = { reason: 'offline', detail: 'offline' } as const;
    assert.deepEqual(judge(bundleOf(), { type: 'unknown', why }), {
      result: 'unknown',
      predicateType: SLSA,
      why,
    });
    assert.equal(
      judge(bundleOf(), { type: 'invalid', detail: 'its signature does not verify' }).result,
      'invalid',
    );
  });

  test('a name with letters beyond ASCII is read as it is', () => {
    const subject = [{ name: 'pkg:npm/é€😀@1.0.0', digest: {} }];
    assert.equal(readStatement(bundleOf({ subject }))?.subjects[0]?.name, 'pkg:npm/é€😀@1.0.0');
  });
});
