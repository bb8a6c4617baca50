import type { ProofPort } from '../../engine/proof-port.ts';
import { createTrustRoot, type TrustRootOptions } from './trust-root.ts';
import { verifyBundle } from './verify-bundle.ts';

/** Verifies bundles by Sigstore's own libraries. */
export function createBundleVerifier(options: TrustRootOptions): Pick<ProofPort, 'verifyBundle'> {
  const trustRoot = createTrustRoot(options);
  return { verifyBundle: (bundle, given) => verifyBundle(bundle, given, trustRoot) };
}
