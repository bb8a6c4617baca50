import { join } from 'node:path';
import type { HttpPort } from '../engine/ports.ts';
import type { Hasher, ProofPort } from '../engine/registry/proof-port.ts';
import { crypto } from './builtin-on-demand.ts';
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
 * The proof port on this machine. What has to do with Sigstore is a bundle of its own with its libraries, loaded when it is
 * first wanted; signatures of registries and hashes need nothing but the platform.
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
