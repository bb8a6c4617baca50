import { addressesIn } from '../manifest/addresses-in.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { readSpecifier } from '../manifest/read-specifier.ts';
import type { Specifier } from '../manifest/specifier.ts';

/** Texts that stand for what manifests declare: of catalogs and overrides. */
type Replacement = { readonly name: string; readonly declared: string };

/**
 * Keys of dependencies that come from elsewhere than a registry, by a manifest, a catalog or an override, for judging
 * lockfile entries of them.
 */
export function exoticNamesIn(
  manifests: readonly Manifest[],
  replacements: readonly Replacement[] = [],
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name, declared } of replacements) {
    if (mayBeExotic(declared) && isExotic(readSpecifier(name, declared))) names.add(name);
  }
  for (const manifest of manifests) {
    for (const { name, specifier } of addressesIn(manifest)) if (isExotic(specifier)) names.add(name);
  }
  return names;
}

/** A specifier that is plainly a version or range is not parsed for this. */
function mayBeExotic(declared: string): boolean {
  return /[/:]/.test(declared);
}

export function isExotic(specifier: Specifier): boolean {
  switch (specifier.type) {
    case 'git':
    case 'remote':
    case 'file':
    case 'directory':
    case 'link':
    case 'portal':
      return true;
    default:
      return false;
  }
}
