import type { RegistryKeys } from '../../core/know/registry/documents/keys-kind.ts';
import { isSameHost } from '../../core/read/text/paths/web-url.ts';
import type { Ports } from '../ports.ts';
import type { OtherSource } from './document-request.ts';

/**
 * Returns the source of the public registry's keys in Sigstore, where an attacker who can replace the registry's own
 * responses cannot replace them. Sigstore has no keys of other registries.
 */
export function signingKeysOf({
  proofs,
  publicRegistry,
}: Pick<Ports, 'proofs' | 'publicRegistry'>): OtherSource<RegistryKeys> {
  return async ({ registry }) => {
    if (!isSameHost(registry.url, publicRegistry)) return undefined;
    const found = await proofs?.registryKeys(registry.url);
    return found && { value: { from: 'sigstore', keys: found.keys }, asOf: found.asOf };
  };
}
