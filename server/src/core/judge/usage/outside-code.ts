import { packageOf } from '../../read/imports/package-of.ts';
import { type ImportUse, type ImportUses, typesOf } from './import-uses.ts';
import type { ManifestNode, ManifestTree } from './manifest-tree.ts';
import { isDevelopmentPath, type UsageFile } from './usage-file.ts';

/** What members use through code outside of all members, as in `libs/`, which is built into one of them. */
export interface OutsideUses {
  readonly used: ReadonlyMap<ManifestNode, ReadonlyMap<string, ImportUse>>;
  /** Returns the manifest whose code a member is built with, beside its own. */
  sourceOf(node: ManifestNode): ManifestNode | undefined;
}

/**
 * Adds what is imported outside of a member to what it uses, if it imports what nobody declares, as the path aliases to
 * such code are, and if this code imports what the member declares and no manifest around it.
 */
export function outsideUses(
  files: readonly UsageFile[],
  tree: ManifestTree,
  { used, undeclared }: ImportUses,
): OutsideUses {
  const all = new Map([...used].map(([node, uses]) => [node, new Map(uses)]));
  const sources = new Map<ManifestNode, ManifestNode>();
  const ownNames = new Set(tree.nodes.map(({ manifest }) => manifest.name?.value));
  const imported = undeclared.filter(({ isNamed }) => !isNamed);
  const isAliasing = new Set(imported.flatMap(({ name, node }) => (ownNames.has(name) ? [] : node)));
  for (const { name, node, file } of imported) {
    // Scripts and tests around a member are not built into it.
    if (isDevelopmentPath(file.path)) continue;
    for (const below of isAliasing)
      if (below !== node && below.folder.startsWith(node.folder) && below.declared.has(name))
        sources.set(below, node);
  }
  for (const [node, source] of sources) {
    const uses = all.get(node)!;
    for (const file of files) {
      if (tree.nearest(file.path) !== source) continue;
      for (const { specifier, offset } of file.scanned.imports) {
        const name = packageOf(specifier);
        if (name === undefined) continue;
        for (const each of [name, typesOf(name)])
          if (node.declared.has(each)) uses.set(each, { isTest: false, path: file.path, offset });
      }
    }
  }
  return { used: all, sourceOf: (node) => sources.get(node) };
}
