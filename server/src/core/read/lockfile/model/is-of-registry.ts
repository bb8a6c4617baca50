import type { Specifier } from '../../manifest/specifier.ts';

/**
 * Checks whether a specifier requests a version of a registry package. A catalog reference does, unless its name is one
 * that the project takes from elsewhere, which the caller has to know.
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
