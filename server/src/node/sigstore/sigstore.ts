import { keysTarget, readSigstoreKeys } from '../../core/know/registry/access/sigstore-keys.ts';
import type { ConfirmedKeys, ProofPort } from '../../engine/registry/proof-port.ts';
import { sigstoreTrustRoot, trustRootInFile } from './trust-root.ts';
import type { TufTargets } from './tuf-targets.ts';
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

/** The keys that Sigstore's repository keeps for a registry; undefined where it has none, or none that can be had. */
async function registryKeys(registryUrl: string, targets: TufTargets): Promise<ConfirmedKeys | undefined> {
  const name = keysTarget(registryUrl);
  if (name === undefined) return undefined;
  try {
    const target = await targets.read(name, true);
    const keys = target === undefined ? undefined : readSigstoreKeys(JSON.parse(target.text));
    return keys && { keys, asOf: target!.asOf };
  } catch {
    return undefined;
  }
}
