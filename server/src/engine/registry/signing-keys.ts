import type { RegistryKeys } from '../../core/know/registry/documents/keys-kind.ts';
import { isSameHost } from '../../core/read/text/paths/web-address.ts';
import type { Ports } from '../ports.ts';
import type { OtherSource } from './document-request.ts';

/**
 * The public registry's keys as Sigstore keeps them: who can put other keys in the place of the registry's own on the way
 * cannot do so there. Other registries are known to Sigstore by no name.
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
