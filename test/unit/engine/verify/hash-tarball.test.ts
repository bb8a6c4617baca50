import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import type { TarballRequest } from '../../../../server/src/core/know/registry/access/tarball-request.ts';
import type { HttpPort, HttpRequest, HttpResult } from '../../../../server/src/engine/ports.ts';
import { hashTarball } from '../../../../server/src/engine/verify/hash-tarball.ts';
import { createProofs } from '../../../../server/src/node/proofs.ts';

const proofs = createProofs({ http: undefined, cache: undefined, trustedRoot: undefined, now: () => 0 });
const REQUEST: TarballRequest = {
  ...{ allowed: true, url: 'https://npm.example.test/pad-1.0.0.tgz', transport: undefined },
  redirectHosts: undefined,
  credential: { type: 'bearer', token: 'secret' },
  credentialBase: 'https://npm.example.test/',
};
const OK: HttpResult = { type: 'answer', status: 200, headers: new Map(), body: '' };

/** Returns a port that sends these bodies, each in an attempt of its own. */
function portOf(bodies: readonly (readonly Uint8Array[])[], result: HttpResult) {
  const requests: HttpRequest[] = [];
  const http: HttpPort = {
    async get(request) {
      requests.push(request);
      for (const body of bodies) {
        const take = request.receiveBytes!({ status: 200, headers: new Map() });
        for (const chunk of body) take(chunk);
      }
      return result;
    },
  };
  return { http, requests };
}

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('the file of a version', () => {
  test('is hashed as the bytes that it is, by every algorithm', async () => {
    const { http, requests } = portOf([[bytes(0x1f, 0x8b, 0xff), bytes(0, 200)]], OK);
    const result = await hashTarball(REQUEST, { http, proofs }, undefined);
    assert.ok(result.type === 'hashed');
    assert.equal(result.size, 5);
    for (const algorithm of ['sha512', 'sha256', 'sha1']) {
      const expected = createHash(algorithm)
        .update(bytes(0x1f, 0x8b, 0xff, 0, 200))
        .digest('hex');
      assert.equal(result.digests.get(algorithm), expected);
    }
    assert.equal(requests[0]!.headers.authorization, 'Bearer secret');
  });

  test('that begins again is hashed from its beginning', async () => {
    const { http } = portOf([[bytes(1, 2, 3)], [bytes(1)], [bytes(9)]], OK);
    const result = await hashTarball(REQUEST, { http, proofs }, undefined);
    assert.ok(result.type === 'hashed');
    assert.equal(result.size, 1);
    assert.equal(result.digests.get('sha1'), createHash('sha1').update(bytes(9)).digest('hex'));
  });

  test('that does not come is unknown, with the reason', async () => {
    const results: readonly (readonly [HttpResult, string])[] = [
      [{ ...OK, status: 404 }, 'failed'],
      [{ ...OK, status: 204 }, 'failed'],
      [{ ...OK, status: 401 }, 'no-access'],
      [{ ...OK, status: 403 }, 'no-access'],
      [{ type: 'too-large' }, 'failed'],
      [{ type: 'timeout' }, 'failed'],
      [{ type: 'cancelled' }, 'failed'],
      [{ type: 'failed', detail: 'refused the connection' }, 'failed'],
      [{ type: 'failed', detail: 'cannot be reached', unreachable: true }, 'unreachable'],
    ];
    for (const [answer, reason] of results) {
      const { http } = portOf([[bytes(1)]], answer);
      const result = await hashTarball(REQUEST, { http, proofs }, undefined);
      assert.equal(result.type === 'unknown' && result.why.reason, reason, JSON.stringify(answer));
    }
  });

  test('that may not be fetched is not asked for', async () => {
    const { http, requests } = portOf([], OK);
    const denied: TarballRequest = { allowed: false, reason: 'private', detail: 'it is private' };
    const result = await hashTarball(denied, { http, proofs }, undefined);
    assert.deepEqual(result, { type: 'unknown', why: { reason: 'private', detail: 'it is private' } });
    assert.deepEqual(requests, []);
    const offline = await hashTarball(REQUEST, { http: undefined, proofs }, undefined);
    assert.equal(offline.type === 'unknown' && offline.why.reason, 'offline');
  });
});
