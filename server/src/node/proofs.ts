import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { HttpPort } from '../engine/ports.ts';
import type { Hasher, ProofPort } from '../engine/proof-port.ts';
import { verifySignature } from './verify-signature.ts';

export interface ProofOptions {
  readonly http: HttpPort | undefined;
  /** Our folder in the user's cache; undefined where there is none. */
  readonly cache: string | undefined;
  /** A file of the user's that takes the place of Sigstore's trusted root. */
  readonly trustedRoot: string | undefined;
  now(): number;
}

/**
 * The proof port on this machine. What verifies bundles is a bundle of its own with its libraries, loaded with the first
 * one; signatures of registries and hashes need nothing but the platform.
 */
export function createProofs({ http, cache, trustedRoot, now }: ProofOptions): ProofPort {
  const directory = cache === undefined ? undefined : join(cache, 'sigstore');
  let verifier: Promise<Pick<ProofPort, 'verifyBundle'>> | undefined;
  const load = () => {
    verifier ??= import('./sigstore/sigstore.ts').then(({ createBundleVerifier }) =>
      createBundleVerifier({ file: trustedRoot, directory, http, now }),
    );
    return verifier;
  };
  return {
    verifySignature: async (key, text, signature) => verifySignature(key, text, signature),
    verifyBundle: async (bundle, options) => (await load()).verifyBundle(bundle, options),
    hasher: createHasher,
  };
}

function createHasher(algorithms: readonly string[]): Hasher {
  const hashes = algorithms.map((algorithm) => [algorithm, createHash(algorithm)] as const);
  return {
    update(chunk) {
      for (const [, hash] of hashes) hash.update(chunk);
    },
    digests: () => new Map(hashes.map(([algorithm, hash]) => [algorithm, hash.digest('hex')])),
  };
}
