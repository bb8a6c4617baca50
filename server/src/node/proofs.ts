import { join } from 'node:path';
import type { HttpPort } from '../engine/ports.ts';
import type { Hasher, ProofPort } from '../engine/registry/proof-port.ts';
import { crypto } from './builtin-on-demand.ts';
import { verifySignature } from './verify-signature.ts';

export interface ProofOptions {
  readonly http: HttpPort | undefined;
  /** Our folder in the user's cache; undefined without one. */
  readonly cache: string | undefined;
  /** A user's file that replaces Sigstore's trust root. */
  readonly trustedRoot: string | undefined;
  now(): number;
}

/**
 * Creates the proof port on this machine. The Sigstore part is a separate bundle with its libraries, loaded on first
 * use; registry signatures and hashes need only the platform.
 */
export function createProofs({ http, cache, trustedRoot, now }: ProofOptions): ProofPort {
  const directory = cache === undefined ? undefined : join(cache, 'sigstore');
  let sigstore: Promise<Pick<ProofPort, 'verifyBundle' | 'registryKeys'>> | undefined;
  const load = () => {
    sigstore ??= import('./sigstore/sigstore.ts').then(({ createSigstore }) =>
      createSigstore({ file: trustedRoot, directory, http, now }),
    );
    return sigstore;
  };
  return {
    verifySignature: async (key, text, signature) => verifySignature(key, text, signature),
    verifyBundle: async (bundle, options) => (await load()).verifyBundle(bundle, options),
    async registryKeys(url) {
      if (trustedRoot !== undefined || http === undefined || directory === undefined) return undefined;
      return (await load()).registryKeys(url);
    },
    hasher: createHasher,
  };
}

function createHasher(algorithms: readonly string[]): Hasher {
  const hashes = algorithms.map((algorithm) => [algorithm, crypto().createHash(algorithm)] as const);
  return {
    update(chunk) {
      for (const [, hash] of hashes) hash.update(chunk);
    },
    digests: () => new Map(hashes.map(([algorithm, hash]) => [algorithm, hash.digest('hex')])),
  };
}
