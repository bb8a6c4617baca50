import type { DependencyGraph, NodeNumber } from './dependency-graph.ts';

/** Returns the edges into a package or importer, as indexes into the edge table of the graph. */
export function dependentsOf({ edges }: DependencyGraph, node: NodeNumber): Int32Array {
  return edges.incoming.subarray(edges.incomingStarts[node], edges.incomingStarts[node + 1]);
}
