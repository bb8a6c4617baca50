import type { LockEdge } from '../lockfile/model/lockfile.ts';

/** A package, importer or link as its dependents and dependencies see it. */
export interface PeerNode<Node> {
  readonly node: Node;
  readonly name: string;
  /** Whether it exists by itself, regardless of what it is given: the root, a member, a linked folder. */
  readonly isImporter: boolean;
  /** The peers that it expects its dependents to provide; undefined for those that it only passes on. */
  readonly peers: ReadonlyMap<string, LockEdge | undefined>;
  /** The index of the first of its own dependencies in the list of all of them; `end` is the index after the last. */
  readonly first: number;
  readonly end: number;
}

/** The dependencies of all nodes, grouped by node: their names and targets. */
export interface PeerDependencies<Node> {
  readonly names: readonly string[];
  readonly targets: readonly Node[];
}

/**
 * Returns the declared peers and those that Yarn adds: peers listed only as optional, and the types of declared peers,
 * so that dependencies receive them, unless the package has types of its own. The types of `@s/a` are in `@types/s__a`.
 */
export function allPeers(
  declared: ReadonlyMap<string, LockEdge>,
  optional: ReadonlySet<string>,
  hasOwn: (name: string) => boolean,
): ReadonlyMap<string, LockEdge | undefined> {
  const all = new Map<string, LockEdge | undefined>(declared);
  for (const name of optional) if (!all.has(name)) all.set(name, undefined);
  for (const name of declared.keys()) {
    if (name.startsWith('@types/')) continue;
    const types = `@types/${name.startsWith('@') ? name.slice(1).replace('/', '__') : name}`;
    if (!all.has(types) && !hasOwn(types)) all.set(types, undefined);
  }
  return all;
}

/**
 * The number of lookups, plus some for each edge, before a text crafted to have too many choices of peers is abandoned.
 */
const LEAST_LOOKS = 300_000;
const MOST_LOOKS = 40;

/** A package with one choice of what its peers resolve to; Yarn makes a virtual package for each. */
interface Copy<Node> {
  readonly of: PeerNode<Node>;
  readonly given: ReadonlyMap<string, Node>;
}

/**
 * Resolves peer dependencies as Yarn provides them: to what the dependent has under that name, the dependent itself if
 * it has that name, or what that copy of the dependent is given in turn, which takes precedence over its own
 * dependency. Several dependents may provide several.
 * @param found called once for each package, peer and provided package
 * @returns whether all were followed
 */
export function findProvidedPeers<Node>(
  nodes: Iterable<PeerNode<Node>>,
  { names, targets }: PeerDependencies<Node>,
  found: (peer: LockEdge, from: Node, to: Node) => void,
): boolean {
  const takers = new Map<Node, PeerNode<Node>>();
  const waiting: Copy<Node>[] = [];
  let looks = LEAST_LOOKS + MOST_LOOKS * targets.length;
  for (const each of nodes) {
    looks += MOST_LOOKS * each.peers.size;
    if (each.peers.size > 0) takers.set(each.node, each);
    if (each.peers.size === 0 || each.isImporter) waiting.push({ of: each, given: new Map() });
  }
  const copies = new Map<Node, Set<string>>();
  const reported = new Map<Node, Map<string, Set<Node>>>();
  /** Returns whether the value is added for the first time. */
  const isNew = <Key>(sets: Map<Key, Set<unknown>>, key: Key, value: unknown): boolean => {
    const known = sets.get(key) ?? new Set();
    sets.set(key, known);
    return known.size < known.add(value).size;
  };

  for (let copy = waiting.pop(); copy !== undefined; copy = waiting.pop()) {
    const { of, given } = copy;
    let own: Map<string, Node> | undefined;
    for (let at = of.first; at < of.end; at++) {
      const taker = takers.get(targets[at]!);
      if (taker === undefined || given.has(names[at]!)) continue;
      own ??= dependenciesOf(of);
      const handed = new Map<string, Node>();
      for (const [name, declared] of taker.peers) {
        if (looks-- <= 0) return false;
        const provided = given.get(name) ?? own.get(name) ?? (of.name === name ? of.node : undefined);
        if (provided === undefined) continue;
        handed.set(name, provided);
        if (declared === undefined || provided === taker.node) continue;
        const reportedOf = reported.get(taker.node) ?? new Map<string, Set<Node>>();
        reported.set(taker.node, reportedOf);
        if (isNew(reportedOf, name, provided)) found(declared, taker.node, provided);
      }
      const key = [...handed].join(' ');
      if (isNew(copies, taker.node, key)) waiting.push({ of: taker, given: handed });
    }
  }
  return true;

  function dependenciesOf({ first, end }: PeerNode<Node>): Map<string, Node> {
    const own = new Map<string, Node>();
    for (let at = first; at < end; at++) own.set(names[at]!, targets[at]!);
    return own;
  }
}
