import { tellsCommands } from '../../read/lockfile/model/locked-commands.ts';
import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { ManifestNode, ManifestTree } from './manifest-tree.ts';
import type { UsageSearch } from './usage-search.ts';

/** The names of packages that others want to find beside them. */
export interface WantedPeers {
  readonly required: ReadonlySet<string>;
  /** Which they do without. */
  readonly optional: ReadonlySet<string>;
  /** Whether it is known of any package. */
  readonly isKnown: boolean;
}

/**
 * Returns a function for the names that packages around a manifest want to find beside them: peers of any locked
 * package that nothing else provides, all peers of declared packages, and what the manifest itself wants of its users.
 */
export function lockedPeers(search: UsageSearch, tree: ManifestTree): (node: ManifestNode) => WantedPeers {
  const ofNode = new Map<ManifestNode, WantedPeers>();
  return (node) => {
    const known = ofNode.get(node);
    if (known !== undefined) return known;
    const { lockfile, declared } = node;
    // Members provide for what they declare; what nobody declares finds its peers at the root.
    const below = tree.nodes.filter(({ folder }) => folder.startsWith(node.folder));
    const direct = new Set(below.flatMap((each) => [...each.declared.keys()]));
    const required = new Set<string>();
    const optional = new Set<string>();
    const isRoot = node.importer === '';
    if (lockfile !== undefined) addLocked(lockfile, direct, isRoot, { required, optional });
    if (lockfile !== undefined && isRoot && !recordsPeers(lockfile))
      for (const name of installedPeers(search, lockfile)) required.add(name);
    let isKnown = lockfile !== undefined && recordsPeers(lockfile);
    for (const name of declared.keys()) {
      const installed = search.installed(node.folder, name);
      if (installed === undefined) continue;
      isKnown = true;
      for (const peer of installed.peers) required.add(peer);
      for (const peer of installed.optionalPeers) optional.add(peer);
    }
    for (const peer of likelyPeers(search, node)) required.add(peer);
    for (const { section, name } of node.manifest.dependencies)
      if (section === 'peerDependencies' || section === 'optionalDependencies') required.add(name);
    const names = { required, optional, isKnown };
    ofNode.set(node, names);
    return names;
  };
}

/** Shared configurations, and the plugins and parsers that they want beside them. */
const SHARED: readonly { readonly configuration: RegExp; readonly wanted: RegExp }[] = [
  {
    configuration: /^(?:@[^/]+\/)?eslint-config(?:-|$)/,
    wanted: /^(?:@[^/]+\/)?eslint-plugin(?:-|$)|^@typescript-eslint\/parser$|^eslint-config-prettier$/,
  },
];

/** Yields what a shared configuration may want, if neither the lockfile nor its folder has its peers. */
function* likelyPeers(search: UsageSearch, { declared, folder, lockfile }: ManifestNode): Generator<string> {
  for (const { configuration, wanted } of SHARED) {
    const isUnknown = (name: string) =>
      configuration.test(name) && !wanted.test(name) && search.installed(folder, name) === undefined;
    if (![...declared.keys()].some(isUnknown) || (lockfile !== undefined && recordsPeers(lockfile))) continue;
    for (const name of declared.keys()) if (wanted.test(name)) yield name;
  }
}

/** Yarn 1 and npm up to 6 record none, of any package, as they do with commands. */
function recordsPeers(lockfile: Lockfile): boolean {
  const isPeer = ({ section }: { readonly section: string }) => section === 'peerDependencies';
  return tellsCommands(lockfile) || lockfile.entries.some(({ edges }) => edges.some(isPeer));
}

function addLocked(
  { entries }: Lockfile,
  direct: ReadonlySet<string>,
  isRoot: boolean,
  { required, optional }: { readonly required: Set<string>; readonly optional: Set<string> },
): void {
  const peers = new Map<string, string[]>();
  for (const { name, alias, edges } of entries) {
    const isDirect = direct.has(alias ?? name);
    for (const edge of edges) {
      if (edge.section !== 'peerDependencies') continue;
      if (isDirect) (edge.optional ? optional : required).add(edge.name);
      else if (isRoot && !edge.optional) peers.set(name, [...(peers.get(name) ?? []), edge.name]);
    }
  }
  for (const name of unprovided(entries, (of) => peers.get(of) ?? [])) required.add(name);
}

/** Returns what installed packages want of the project, where the lockfile does not tell. */
function installedPeers(search: UsageSearch, { entries }: Lockfile): ReadonlySet<string> {
  return unprovided(entries, (name) => search.installed('', name)?.peers ?? []);
}

/** Returns the peers of packages that what pulls these in does not provide for, so that the project does. */
function unprovided(
  entries: Lockfile['entries'],
  peersOf: (name: string) => readonly string[],
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name: own, alias, edges } of entries) {
    const provided = new Set([alias ?? own, ...edges.map(({ name }) => name)]);
    for (const { section, name } of edges) {
      if (section !== 'dependencies') continue;
      for (const peer of peersOf(name)) if (!provided.has(peer)) names.add(peer);
    }
  }
  return names;
}
