import type { ProofPort } from '../../engine/registry/proof-port.ts';
import { registryKeys } from './registry-keys.ts';
import { sigstoreTrustRoot, trustRootInFile } from './trust-root.ts';
import { createTufTargets, type TufOptions } from './tuf-targets.ts';
import { verifyBundle } from './verify-bundle.ts';

export interface SigstoreOptions extends TufOptions {
  /** A user's file that replaces everything that Sigstore distributes. */
  readonly file: string | undefined;
}

/** Verifies bundles with Sigstore's own libraries, and provides the contents of its repository. */
export function createSigstore({
  file,
  ...options
}: SigstoreOptions): Pick<ProofPort, 'verifyBundle' | 'registryKeys'> {
  const targets = createTufTargets(options);
  const trustRoot = file === undefined ? sigstoreTrustRoot(targets) : trustRootInFile(file);
  return {
    verifyBundle: (bundle, given) => verifyBundle(bundle, given, trustRoot),
    registryKeys: async (url) => (file === undefined ? registryKeys(url, targets) : undefined),
  };
}
