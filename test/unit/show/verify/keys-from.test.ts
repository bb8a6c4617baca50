import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSession } from '../../../../server/src/engine/create-session.ts';
import type { HttpPort } from '../../../../server/src/engine/ports.ts';
import type { ProofPort } from '../../../../server/src/engine/registry/proof-port.ts';
import { DEFAULT_SETTINGS } from '../../../../server/src/engine/settings.ts';
import { verifyCard, verifyJson, verifyPackage } from '../../../../server/src/engine/verify/verify.ts';
import {
  makeSigningKey,
  type SigningKey,
  signVersion,
} from '../../../registry-servers/support/signing-key.ts';
import { ROOT, TEST_REGISTRY, testPorts } from '../../../workspace.ts';

const INTEGRITY = `sha512-${'A'.repeat(86)}==`;
const KEYS = `${TEST_REGISTRY}-/npm/v1/keys`;

/** Returns the result of verify for a signature of the public registry, which lists one key and signs with one. */
async function verify(options: {
  readonly signedWith: SigningKey;
  readonly listed: SigningKey | undefined;
  /** The key in Sigstore. */
  readonly kept: SigningKey | undefined;
}) {
  const { signedWith, listed, kept } = options;
  const dist = {
    integrity: INTEGRITY,
    signatures: [signVersion(signedWith, 'left-pad', '1.0.0', INTEGRITY)],
  };
  const answers: Readonly<Record<string, object | undefined>> = {
    [`${TEST_REGISTRY}left-pad`]: {
      ...{ name: 'left-pad', 'dist-tags': { latest: '1.0.0' } },
      versions: { '1.0.0': { name: 'left-pad', version: '1.0.0', dist } },
    },
    [KEYS]: listed && { keys: [listed.listed] },
  };
  const asked: string[] = [];
  const http: HttpPort = {
    async get({ url }) {
      asked.push(url);
      const body = answers[url];
      const status = body === undefined ? 500 : 200;
      return { type: 'answer', status, headers: new Map(), body: JSON.stringify(body ?? {}) };
    },
  };
  const ports = testPorts(new Map([['package.json', '{}']]), { http });
  const registryKeys: ProofPort['registryKeys'] = async () =>
    kept && { keys: [{ ...kept.listed, expires: undefined }], asOf: ports.clock.now() };
  const session = createSession({ ...ports, proofs: { ...ports.proofs!, registryKeys } });
  session.configure({ ...DEFAULT_SETTINGS, online: true });
  session.setFolders([ROOT]);
  const { project } = (await session.ensureProject(`${ROOT}/package.json`))!;
  const request = { name: 'left-pad', asked: undefined, project };
  const verified = await verifyPackage(request, { session, ports, online: true });
  session.dispose();
  const line = verifyCard(verified).lines.find(({ label }) => label === 'Signature');
  const json = JSON.parse(verifyJson(verified)) as { readonly keysFrom: string | null };
  return { line, from: json.keysFrom, signature: verified.signature, hasAskedForKeys: asked.includes(KEYS) };
}

describe('where the keys of the public registry come from', () => {
  const [right, other] = [makeSigningKey(), makeSigningKey()];

  test('Sigstore, and then the registry is not asked for them', async () => {
    const found = await verify({ signedWith: right, listed: other, kept: right });
    assert.equal(found.line?.result, 'right');
    assert.match(found.line.texts[0]!, /, with its key SHA256:\S+, which Sigstore keeps$/);
    assert.deepEqual([found.from, found.hasAskedForKeys], ['sigstore', false]);
  });

  test('what is signed with a key that the registry alone lists is wrong', async () => {
    const found = await verify({ signedWith: other, listed: other, kept: right });
    assert.equal(found.line?.result, 'wrong');
    assert.equal(found.from, 'sigstore');
  });

  test('the registry itself, where Sigstore cannot be asked', async () => {
    const found = await verify({ signedWith: right, listed: right, kept: undefined });
    assert.match(found.line?.texts[0] ?? '', /, with its key SHA256:\S+, which it lists itself$/);
    assert.deepEqual([found.from, found.hasAskedForKeys], ['registry', true]);
  });

  test('nowhere: then nothing is said of the signature', async () => {
    const found = await verify({ signedWith: right, listed: undefined, kept: undefined });
    assert.deepEqual([found.line, found.from, found.signature.state], [undefined, null, 'unavailable']);
  });
});
