import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { ManifestNode, ManifestTree } from './manifest-tree.ts';
import type { UsageSearch } from './usage-search.ts';

/**
 * Returns a function for the names that packages around a manifest want to find beside them: peers of any locked
 * package, optional ones if the package is declared, and what the manifest itself wants of its users.
 */
export function lockedPeers(
  search: UsageSearch,
  tree: ManifestTree,
): (node: ManifestNode) => ReadonlySet<string> {
  const ofLockfile = new Map<Lockfile, ReadonlySet<string>>();
  const ofNode = new Map<ManifestNode, ReadonlySet<string>>();
  const direct = new Set(tree.nodes.flatMap(({ declared }) => [...declared.keys()]));
  return (node) => {
    const known = ofNode.get(node);
    if (known !== undefined) return known;
    const names = new Set<string>();
    const { lockfile } = node;
    if (lockfile !== undefined) {
      const locked = ofLockfile.get(lockfile) ?? peersIn(lockfile, direct);
      ofLockfile.set(lockfile, locked);
      for (const name of locked) names.add(name);
    }
    for (const name of node.declared.keys())
      for (const peer of search.installed(node.folder, name)?.peers ?? []) names.add(peer);
    for (const { section, name } of node.manifest.dependencies)
      if (section === 'peerDependencies' || section === 'optionalDependencies') names.add(name);
    ofNode.set(node, names);
    return names;
  };
}

function peersIn({ entries }: Lockfile, direct: ReadonlySet<string>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name, alias, edges } of entries)
    for (const edge of edges)
      if (edge.section === 'peerDependencies' && (!edge.optional || direct.has(alias ?? name)))
        names.add(edge.name);
  return names;
}
