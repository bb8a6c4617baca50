import { packageOf } from '../../read/imports/package-of.ts';
import { type ImportUse, type ImportUses, typesOf } from './import-uses.ts';
import type { ManifestNode, ManifestTree } from './manifest-tree.ts';
import type { UsageFile } from './usage-file.ts';

/** What members use through code outside of all members, as in `libs/`, which is built into one of them. */
export interface OutsideUses {
  readonly used: ReadonlyMap<ManifestNode, ReadonlyMap<string, ImportUse>>;
  /** Returns the manifest whose code a member is built with, beside its own. */
  sourceOf(node: ManifestNode): ManifestNode | undefined;
}

/**
 * Adds what is imported outside of a member to what it uses: each package that no manifest around the import declares,
 * and all packages if the member imports what nobody declares, as the path aliases to such code are.
 */
export function outsideUses(
  files: readonly UsageFile[],
  tree: ManifestTree,
  { used, undeclared }: ImportUses,
): OutsideUses {
  const all = new Map([...used].map(([node, uses]) => [node, new Map(uses)]));
  const sources = new Map<ManifestNode, ManifestNode>();
  const isAliasing = new Set(undeclared.map(({ node }) => node));
  for (const { name, node, file, found } of undeclared) {
    for (const below of tree.nodes) {
      if (below === node || !below.folder.startsWith(node.folder)) continue;
      for (const each of [name, typesOf(name)]) {
        if (!below.declared.has(each)) continue;
        all.get(below)!.set(each, { isTest: false, path: file.path, offset: found.offset });
        if (isAliasing.has(below)) sources.set(below, node);
      }
    }
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
