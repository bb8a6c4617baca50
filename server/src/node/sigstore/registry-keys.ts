import { keysTarget, readSigstoreKeys } from '../../core/know/registry/access/sigstore-keys.ts';
import type { ConfirmedKeys } from '../../engine/registry/proof-port.ts';
import type { TufTargets } from './tuf-targets.ts';

/** Returns the keys in Sigstore's repository for a registry; undefined if there are none, or none are available. */
export async function registryKeys(
  registryUrl: string,
  targets: TufTargets,
): Promise<ConfirmedKeys | undefined> {
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
