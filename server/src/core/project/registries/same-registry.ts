import type { SameRegistry } from '../../lockfile/hash-conflicts.ts';
import { parseWebAddress } from '../../text/web-address.ts';
import type { Project } from '../project.ts';

/**
 * Compares addresses of packages by the registry that they are of. All hosts of the public registry are one; so are an
 * address that is not recorded and any other, as only the configured registry is left out.
 */
export function sameRegistry({ npmConfig }: Pick<Project, 'npmConfig'>): SameRegistry {
  return (a, b) => {
    if (a === undefined || b === undefined) return true;
    const hosts = [a, b].map((url) => parseWebAddress(url)?.host);
    return hosts[0] === hosts[1] || (npmConfig.isPublic(a) && npmConfig.isPublic(b));
  };
}
