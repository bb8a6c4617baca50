import type { DependencyGraph, NodeNumber } from './dependency-graph.ts';

/** The edges that lead to a package or importer, by their places in the graph's table: who asks for it, and how. */
export function dependentsOf({ edges }: DependencyGraph, node: NodeNumber): Int32Array {
  return edges.incoming.subarray(edges.incomingStarts[node], edges.incomingStarts[node + 1]);
}
