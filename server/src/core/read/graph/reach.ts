import { type EdgeTable, OPTIONAL_PEER, PEER } from './edge-table.ts';

/** How importers reach a package: true if they reach it only through such dependencies. */
export interface Reach {
  readonly dev: boolean;
  /** Also true if each path has an optional or a development dependency, like npm's `devOptional`. */
  readonly optional: boolean;
  readonly peer: boolean;
}

/** The reach of a node that no importer reaches. */
export const PLAIN_REACH: Reach = { dev: false, optional: false, peer: false };

/** Paths to a node: without a development, without an optional, without either, without a peer dependency. */
const [NO_DEV, NO_OPTIONAL, NEITHER, NO_PEER, ANY] = [1, 2, 4, 8, 16] as const;
const ALL = NO_DEV | NO_OPTIONAL | NEITHER | NO_PEER | ANY;

/** The properties that a path keeps over an edge, by edge kind. */
const KEEPS: readonly number[] = [
  ALL,
  ALL & ~NO_DEV & ~NEITHER,
  ALL & ~NO_OPTIONAL & ~NEITHER,
  ALL & ~NO_PEER,
  ALL & ~NO_PEER & ~NO_OPTIONAL & ~NEITHER,
];

/** Whether peer dependencies pull in packages (npm, pnpm, Bun), or only use what the dependent pulls in (Yarn). */
export type PeersMode = 'bring' | 'use';

/**
 * Finds the reach of every node from the importers, which start at `first`. Linear: visits a node at most once for each
 * kind of path.
 */
export function findReach(edges: EdgeTable, first: number, peers: PeersMode): (node: number) => Reach {
  const nodes = edges.starts.length - 1;
  const ways = new Uint8Array(nodes);
  const waiting: number[] = [];
  const reach = (node: number, found: number) => {
    const after = ways[node]! | found;
    if (after === ways[node]) return;
    ways[node] = after;
    waiting.push(node);
  };
  for (let importer = first; importer < nodes; importer++) reach(importer, ALL);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const own = ways[node]!;
    for (let edge = edges.starts[node]!; edge < edges.starts[node + 1]!; edge++) {
      const kind = edges.kinds[edge]!;
      if (peers === 'use' && (kind === PEER || kind === OPTIONAL_PEER)) continue;
      reach(edges.to[edge]!, own & KEEPS[kind]!);
    }
  }
  return (node) => (ways[node] === 0 ? PLAIN_REACH : reachOfWays(ways[node]!));
}

function reachOfWays(ways: number): Reach {
  const dev = (ways & NO_DEV) === 0;
  const optional = (ways & NO_OPTIONAL) === 0 || (!dev && (ways & NEITHER) === 0);
  return { dev, optional, peer: (ways & NO_PEER) === 0 };
}
