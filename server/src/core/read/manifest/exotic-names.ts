import { parentUri, type Uri } from '../text/paths/uri.ts';
import { urlsIn } from './dependencies-of.ts';
import type { Manifest } from './manifest.ts';
import { readSpecifier } from './read-specifier.ts';
import type { Specifier } from './specifier.ts';

/** Specifiers that replace those of manifests: from catalogs and overrides. */
type Replacement = { readonly name: string; readonly declared: string };

/** A declaration of a dependency that comes from outside a registry. */
export interface ExoticSource {
  readonly declared: string;
  /** The base folder of relative paths in it. */
  readonly folder: Uri;
}

/**
 * Returns the dependencies that a manifest, a catalog or an override takes from outside a registry, by their keys, to
 * check the lockfile entries of them.
 */
export function exoticSourcesIn(
  root: Uri,
  manifests: readonly Manifest[],
  replacements: readonly Replacement[] = [],
): ReadonlyMap<string, readonly ExoticSource[]> {
  const sources = new Map<string, ExoticSource[]>();
  const add = (name: string, declared: string, folder: Uri) => {
    const known = sources.get(name);
    if (known === undefined) sources.set(name, [{ declared, folder }]);
    else known.push({ declared, folder });
  };
  for (const { name, declared } of replacements) {
    if (mayBeExotic(declared) && isExotic(readSpecifier(name, declared))) add(name, declared, root);
  }
  for (const manifest of manifests) {
    const folder = parentUri(manifest.uri);
    for (const { name, declared, specifier } of urlsIn(manifest)) {
      if (declared !== undefined && isExotic(specifier)) add(name, declared, folder);
    }
  }
  return sources;
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
