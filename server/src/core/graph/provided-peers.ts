import type { LockEdge } from '../lockfile/lockfile.ts';

/** A package, importer or link as its dependents and dependencies see it. */
export interface PeerNode<Node> {
  readonly node: Node;
  readonly name: string;
  /** What it declares to be provided by whoever depends on it; undefined for what it only hands on. */
  readonly peers: ReadonlyMap<string, LockEdge | undefined>;
  /** The names of its own dependencies, and where they lead. */
  readonly names: readonly string[];
  readonly targets: readonly Node[];
}

/**
 * The peers with those that Yarn adds: who has a peer may have its types as well, so that its dependencies get them.
 * `@s/a` has its types in `@types/s__a`.
 */
export function withTypes(peers: ReadonlyMap<string, LockEdge>): ReadonlyMap<string, LockEdge | undefined> {
  if (peers.size === 0) return peers;
  const all = new Map<string, LockEdge | undefined>(peers);
  for (const name of peers.keys()) {
    if (name.startsWith('@types/')) continue;
    const types = `@types/${name.startsWith('@') ? name.slice(1).replace('/', '__') : name}`;
    if (!all.has(types)) all.set(types, undefined);
  }
  return all;
}

/** So many looks for each edge, before a text made to have too many dependents of too many peers is given up. */
const MOST_LOOKS = 40;

/**
 * Finds what peer dependencies get, as Yarn provides them: what the dependent has under that name, the dependent itself
 * where it has that name, or what the dependent is provided with in turn. Several dependents may provide several.
 * @param found called once for each package, peer and provided package
 * @returns whether all were followed
 */
export function findProvidedPeers<Node>(
  nodes: ReadonlyMap<Node, PeerNode<Node>>,
  found: (peer: LockEdge, from: Node, to: Node) => void,
): boolean {
  const given = new Map<Node, Map<string, Set<Node>>>();
  const waiting: (readonly [PeerNode<Node>, string, Node])[] = [];
  let looks = 0;
  for (const { targets, peers } of nodes.values()) looks += MOST_LOOKS * (targets.length + peers.size);
  // Most packages depend on none that has peers, and are never asked by name.
  const byName = new Map<Node, ReadonlyMap<string, Node>>();
  const provides = ({ node, names, targets }: PeerNode<Node>) => {
    const known = byName.get(node) ?? new Map(names.map((name, at) => [name, targets[at]!]));
    byName.set(node, known);
    return known;
  };

  const give = (to: PeerNode<Node>, name: string, provided: Node) => {
    const names = given.get(to.node) ?? new Map<string, Set<Node>>();
    const all = names.get(name) ?? new Set<Node>();
    given.set(to.node, names.set(name, all));
    if (all.has(provided) || provided === to.node) return;
    all.add(provided);
    const declared = to.peers.get(name);
    if (declared !== undefined) found(declared, to.node, provided);
    waiting.push([to, name, provided]);
  };

  for (const dependent of nodes.values()) {
    let seen: Set<Node> | undefined;
    for (const target of dependent.targets) {
      const dependency = nodes.get(target);
      if (dependency === undefined || dependency.peers.size === 0 || seen?.has(target) === true) continue;
      seen ??= new Set();
      seen.add(target);
      for (const name of dependency.peers.keys()) {
        if (looks-- <= 0) return false;
        const provided =
          provides(dependent).get(name) ?? (dependent.name === name ? dependent.node : undefined);
        if (provided !== undefined) give(dependency, name, provided);
      }
    }
  }
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [dependent, name, provided] = next;
    if (provides(dependent).has(name)) continue;
    for (const target of dependent.targets) {
      if (looks-- <= 0) return false;
      const dependency = nodes.get(target);
      if (dependency?.peers.has(name) === true) give(dependency, name, provided);
    }
  }
  return true;
}
