import { ALL_PATHS, KEPT_PATHS, PLAIN_REACH, type Reach, reachOfPaths } from '../lockfile/model/reach.ts';
import { type EdgeTable, OPTIONAL_PEER, PEER } from './edge-table.ts';

/** The properties that a path keeps over an edge, by edge kind. */
const KEPT: readonly number[] = [
  KEPT_PATHS.prod,
  KEPT_PATHS.dev,
  KEPT_PATHS.optional,
  KEPT_PATHS.peer,
  KEPT_PATHS.optionalPeer,
];

/** Whether peer dependencies pull in packages (npm, pnpm, Bun), or only use what the dependent pulls in (Yarn). */
export type PeersMode = 'bring' | 'use';

/**
 * Finds the reach of every node from the importers, which start at `first`. Linear: visits a node at most once for each
 * kind of path.
 */
export function findReach(edges: EdgeTable, first: number, peers: PeersMode): (node: number) => Reach {
  const nodes = edges.starts.length - 1;
  const paths = new Uint8Array(nodes);
  const waiting: number[] = [];
  const reach = (node: number, found: number) => {
    const after = paths[node]! | found;
    if (after === paths[node]) return;
    paths[node] = after;
    waiting.push(node);
  };
  for (let importer = first; importer < nodes; importer++) reach(importer, ALL_PATHS);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const own = paths[node]!;
    for (let edge = edges.starts[node]!; edge < edges.starts[node + 1]!; edge++) {
      const kind = edges.kinds[edge]!;
      if (peers === 'use' && (kind === PEER || kind === OPTIONAL_PEER)) continue;
      reach(edges.to[edge]!, own & KEPT[kind]!);
    }
  }
  return (node) => (paths[node] === 0 ? PLAIN_REACH : reachOfPaths(paths[node]!));
}
