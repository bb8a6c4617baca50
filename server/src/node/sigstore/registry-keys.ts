import { keysTarget, readSigstoreKeys } from '../../core/know/registry/access/sigstore-keys.ts';
import type { ConfirmedKeys } from '../../engine/registry/proof-port.ts';
import type { TufTargets } from './tuf-targets.ts';

/** The keys that Sigstore's repository keeps for a registry; undefined where it has none, or none that can be had. */
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
