import type { ManifestNode } from './manifest-tree.ts';
import type { UsageSearch } from './usage-search.ts';

/** Returns the package that a package of types describes. */
export function describedBy(name: string): string {
  const bare = name.slice('@types/'.length);
  return bare.includes('__') ? `@${bare.replace('__', '/')}` : bare;
}

/**
 * Checks for types of a package that has types itself: DefinitelyTyped emptied them, so that they depend on what they
 * describe, or the installed package has some.
 */
export function areTypesNeedless(search: UsageSearch, node: ManifestNode, name: string): boolean {
  const { lockfile, importer, declared, folder } = node;
  const entry = lockfile?.resolve(importer ?? '', name, declared.get(name)?.declared);
  const of = describedBy(name);
  if (entry?.edges.some((edge) => edge.section === 'dependencies' && edge.name === of) === true) return true;
  return search.installed(folder, of)?.hasTypes === true;
}
