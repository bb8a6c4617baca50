import type { LockEdge, LockEntry } from '../model/lockfile.ts';
import { ALL_PATHS, KEPT_PATHS, type Reach, reachOfPaths } from '../model/reach.ts';

/** The parts of a lockfile needed to find the reach. */
export interface Graph {
  readonly importers: Iterable<LockEntry>;
  follow(from: LockEntry, edge: LockEdge): LockEntry | undefined;
  /** Returns the names of the entry's optional peer dependencies. */
  optionalPeersOf(entry: LockEntry): readonly string[];
}

interface Arrow {
  readonly to: LockEntry;
  /** The properties that a path keeps over this edge. */
  readonly keeps: number;
}

/** Finds the reach of each package. Linear in the edges: visits each entry at most once for each kind of path. */
export function findReach(graph: Graph): (entry: LockEntry) => Reach {
  const paths = new Map<LockEntry, number>();
  const arrows = new Map<LockEntry, readonly Arrow[]>();
  const waiting: LockEntry[] = [];
  const reach = (entry: LockEntry, found: number) => {
    const before = paths.get(entry) ?? 0;
    const after = before | found;
    if (after === before) return;
    paths.set(entry, after);
    waiting.push(entry);
  };
  for (const importer of graph.importers) reach(importer, ALL_PATHS);
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    let out = arrows.get(entry);
    if (out === undefined) {
      out = arrowsOf(graph, entry);
      arrows.set(entry, out);
    }
    const own = paths.get(entry)!;
    for (const { to, keeps } of out) reach(to, own & keeps);
  }
  return (entry) => reachOfPaths(paths.get(entry) ?? ALL_PATHS);
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
      return KEPT_PATHS.prod;
    case 'devDependencies':
      return KEPT_PATHS.dev;
    case 'optionalDependencies':
      return KEPT_PATHS.optional;
    case 'peerDependencies':
      return optionalPeers.has(name) ? KEPT_PATHS.optionalPeer : KEPT_PATHS.peer;
  }
}
