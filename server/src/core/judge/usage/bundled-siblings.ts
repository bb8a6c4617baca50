import type { ImportUses } from './import-uses.ts';
import type { ManifestNode, ManifestTree } from './manifest-tree.ts';
import type { UsageFile } from './usage-file.ts';

/** A build that leaves the dependencies of the manifest out of its bundle, as rollup configurations do. */
const EXTERNALS = /\bexternal/i;
const FROM_MANIFEST = /\b(?:pkg|packageJson|packageJSON|manifest)\w*\.(?:peerD|d)ependencies\b/;

/**
 * Returns a function for the packages that a manifest's bundle imports through packages of the same workspace: those it
 * imports without declaring them are part of what it publishes, and what they import is found through this manifest's
 * dependencies. Only where a build takes its externals from the manifest.
 */
export function bundledImports(
  files: readonly UsageFile[],
  tree: ManifestTree,
  { imported, undeclared }: ImportUses,
): (node: ManifestNode) => ReadonlySet<string> {
  const bundles = files.some(
    ({ kind, text }) => kind === 'code' && EXTERNALS.test(text) && FROM_MANIFEST.test(text),
  );
  if (!bundles) return () => new Set();
  const byName = new Map(tree.nodes.map((node) => [node.manifest.name?.value, node]));
  return (node) => {
    const names = new Set<string>();
    if (node.manifest.private) return names;
    const inlined = undeclared.flatMap((each) =>
      each.node === node && !each.isNamed ? (byName.get(each.name) ?? []) : [],
    );
    const seen = new Set([node, ...inlined]);
    const queue = [...inlined];
    for (const sibling of queue) {
      for (const name of imported.get(sibling) ?? []) {
        names.add(name);
        const next = byName.get(name);
        if (next === undefined || seen.has(next)) continue;
        seen.add(next);
        queue.push(next);
      }
    }
    return names;
  };
}
