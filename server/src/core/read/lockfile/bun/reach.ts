import type { LockEdge, LockEntry } from '../model/lockfile.ts';

/** How importers reach a package, as npm records it: true if they reach it only through such dependencies. */
export interface Reach {
  readonly dev: boolean;
  /** Also true if each path has an optional or a development dependency. */
  readonly optional: boolean;
  readonly peer: boolean;
}

/** The reach of importers and of unreachable packages. */
export const PLAIN_REACH: Reach = { dev: false, optional: false, peer: false };

/** The parts of a lockfile needed to find the reach. */
export interface Graph {
  readonly importers: Iterable<LockEntry>;
  follow(from: LockEntry, edge: LockEdge): LockEntry | undefined;
  /** Returns the names of the entry's optional peer dependencies. */
  optionalPeersOf(entry: LockEntry): readonly string[];
}

/** Paths to a package: without a development, without an optional, without either, without a peer dependency. */
const [NO_DEV, NO_OPTIONAL, NEITHER, NO_PEER, ANY] = [1, 2, 4, 8, 16] as const;
const ALL = NO_DEV | NO_OPTIONAL | NEITHER | NO_PEER | ANY;

interface Arrow {
  readonly to: LockEntry;
  /** The properties that a path keeps over this edge. */
  readonly keeps: number;
}

/** Finds the reach of each package. Linear in the edges: visits each entry at most once for each kind of path. */
export function findReach(graph: Graph): (entry: LockEntry) => Reach {
  const ways = new Map<LockEntry, number>();
  const arrows = new Map<LockEntry, readonly Arrow[]>();
  const waiting: LockEntry[] = [];
  const reach = (entry: LockEntry, found: number) => {
    const before = ways.get(entry) ?? 0;
    const after = before | found;
    if (after === before) return;
    ways.set(entry, after);
    waiting.push(entry);
  };
  for (const importer of graph.importers) reach(importer, ALL);
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    let out = arrows.get(entry);
    if (out === undefined) {
      out = arrowsOf(graph, entry);
      arrows.set(entry, out);
    }
    const own = ways.get(entry)!;
    for (const { to, keeps } of out) reach(to, own & keeps);
  }
  return (entry) => reachOfWays(ways.get(entry) ?? ALL);
}

function arrowsOf(graph: Graph, entry: LockEntry): readonly Arrow[] {
  const arrows: Arrow[] = [];
  const optionalPeers = new Set(graph.optionalPeersOf(entry));
  for (const edge of entry.edges) {
    const to = graph.follow(entry, edge);
    if (to !== undefined) arrows.push({ to, keeps: keptBy(edge, optionalPeers) });
  }
  return arrows;
}

function keptBy({ section, name }: LockEdge, optionalPeers: ReadonlySet<string>): number {
  switch (section) {
    case 'dependencies':
      return ALL;
    case 'devDependencies':
      return ALL & ~NO_DEV & ~NEITHER;
    case 'optionalDependencies':
      return ALL & ~NO_OPTIONAL & ~NEITHER;
    case 'peerDependencies':
      return optionalPeers.has(name) ? ALL & ~NO_PEER & ~NO_OPTIONAL & ~NEITHER : ALL & ~NO_PEER;
  }
}

function reachOfWays(ways: number): Reach {
  const dev = (ways & NO_DEV) === 0;
  const optional = (ways & NO_OPTIONAL) === 0 || (!dev && (ways & NEITHER) === 0);
  return { dev, optional, peer: (ways & NO_PEER) === 0 };
}
