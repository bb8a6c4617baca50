import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { ManifestNode, ManifestTree } from './manifest-tree.ts';
import type { UsageSearch } from './usage-search.ts';

/**
 * Returns a function for the names that packages around a manifest want to find beside them: peers of any locked
 * package that nothing else provides, all peers of declared packages, and what the manifest itself wants of its users.
 */
export function lockedPeers(
  search: UsageSearch,
  tree: ManifestTree,
): (node: ManifestNode) => ReadonlySet<string> {
  const ofNode = new Map<ManifestNode, ReadonlySet<string>>();
  return (node) => {
    const known = ofNode.get(node);
    if (known !== undefined) return known;
    const { lockfile, declared } = node;
    // Members provide for what they declare; what nobody declares finds its peers at the root.
    const below = tree.nodes.filter(({ folder }) => folder.startsWith(node.folder));
    const direct = new Set(below.flatMap((each) => [...each.declared.keys()]));
    const names =
      lockfile === undefined ? new Set<string>() : peersIn(lockfile, direct, node.importer === '');
    for (const name of declared.keys())
      for (const peer of search.installed(node.folder, name)?.peers ?? []) names.add(peer);
    for (const peer of likelyPeers(search, node)) names.add(peer);
    for (const { section, name } of node.manifest.dependencies)
      if (section === 'peerDependencies' || section === 'optionalDependencies') names.add(name);
    ofNode.set(node, names);
    return names;
  };
}

/** Shared configurations, and the plugins and parsers that they want beside them. */
const SHARED: readonly { readonly configuration: RegExp; readonly wanted: RegExp }[] = [
  {
    configuration: /^(?:@[^/]+\/)?eslint-config(?:-|$)/,
    wanted: /^(?:@[^/]+\/)?eslint-plugin(?:-|$)|^@typescript-eslint\/parser$/,
  },
];

/** Yields what a shared configuration may want, if neither the lockfile nor its folder has its peers. */
function* likelyPeers(search: UsageSearch, { declared, folder, lockfile }: ManifestNode): Generator<string> {
  for (const { configuration, wanted } of SHARED) {
    const isUnknown = (name: string) =>
      configuration.test(name) && search.installed(folder, name) === undefined;
    if (![...declared.keys()].some(isUnknown) || (lockfile !== undefined && recordsPeers(lockfile))) continue;
    for (const name of declared.keys()) if (wanted.test(name)) yield name;
  }
}

/** Yarn 1 records none, of any package. */
function recordsPeers({ entries }: Lockfile): boolean {
  return entries.some(({ edges }) => edges.some(({ section }) => section === 'peerDependencies'));
}

function peersIn({ entries }: Lockfile, direct: ReadonlySet<string>, isRoot: boolean): Set<string> {
  const names = new Set<string>();
  const transitive = new Set<string>();
  for (const { name, alias, edges } of entries) {
    const isDirect = direct.has(alias ?? name);
    for (const { section, name: peer, optional } of edges) {
      if (section !== 'peerDependencies') continue;
      if (isDirect) names.add(peer);
      else if (isRoot && !optional) transitive.add(peer);
    }
  }
  // What pulls such a package in provides for its peers, unless nothing does.
  for (const { edges } of entries)
    for (const { section, name } of edges) if (section === 'dependencies') transitive.delete(name);
  for (const name of transitive) names.add(name);
  return names;
}
