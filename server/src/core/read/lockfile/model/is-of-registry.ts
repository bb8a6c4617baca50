import type { Specifier } from '../../manifest/specifier.ts';

/**
 * Whether it asks for a version of a package of a registry. What a catalog says does, unless it is one of the names that
 * the project takes from elsewhere, which is for the caller to know.
 */
export function isOfRegistry(specifier: Specifier): boolean {
  switch (specifier.type) {
    case 'version':
    case 'range':
    case 'catalog':
      return true;
    case 'alias':
      return isOfRegistry(specifier.inner);
    default:
      return false;
  }
}
