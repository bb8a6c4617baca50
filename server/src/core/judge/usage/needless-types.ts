import type { ManifestNode } from './manifest-tree.ts';
import { readsExports } from './module-resolution.ts';
import type { UsageSearch } from './usage-search.ts';

/** Returns the package that a package of types describes. */
export function describedBy(name: string): string {
  const bare = name.slice('@types/'.length);
  return bare.includes('__') ? `@${bare.replace('__', '/')}` : bare;
}

/** Checks for types that depend on what they describe: DefinitelyTyped emptied them, as the package has types itself. */
export function isTypesStub({ lockfile, importer, declared }: ManifestNode, name: string): boolean {
  const entry = lockfile?.resolve(importer ?? '', name, declared.get(name)?.declared);
  const of = describedBy(name);
  return entry?.edges.some((edge) => edge.section === 'dependencies' && edge.name === of) === true;
}

/** Checks for types of a package that has types itself, so that an import of it finds those. */
export function areTypesNeedless(search: UsageSearch, node: ManifestNode, name: string): boolean {
  if (isTypesStub(node, name)) return true;
  const described = search.installed(node.folder, describedBy(name));
  return described?.hasTypes === true || (described?.exportsTypes === true && readsExports(search));
}
