import type { DependencyGraph, NodeNumber } from './dependency-graph.ts';

/** The packages that a direct dependency of an importer pulls in, itself included, as sorted package numbers. */
export interface Brought {
  readonly all: readonly NodeNumber[];
  /** Those that nothing else in the project needs. */
  readonly only: readonly NodeNumber[];
}

/** Returns all packages reachable through an importer's dependency of this name. Walks the graph twice. */
export function introducedBy(graph: DependencyGraph, importer: NodeNumber, name: string): Brought {
  const { edges, packages, importers } = graph;
  const isAsked = (edge: number) => edges.from[edge] === importer && edges.names[edge] === name;
  const starts: NodeNumber[] = [];
  for (let edge = edges.starts[importer]!; edge < edges.starts[importer + 1]!; edge++) {
    if (isAsked(edge)) starts.push(edges.to[edge]!);
  }
  const brought = reachedFrom(graph, starts, () => true);
  const roots = importers.map((_, index) => packages.length + index);
  const others = reachedFrom(graph, roots, (edge) => !isAsked(edge));
  const all: NodeNumber[] = [];
  for (let node = 0; node < packages.length; node++) if (brought[node] === 1) all.push(node);
  return { all, only: all.filter((node) => others[node] === 0) };
}

/** Returns 1 for each node reachable from `starts` over the selected edges, including `starts`. */
export function reachedFrom(
  { edges }: DependencyGraph,
  starts: readonly NodeNumber[],
  isOfInterest: (edge: number) => boolean,
): Uint8Array {
  const reached = new Uint8Array(edges.starts.length - 1);
  const waiting: NodeNumber[] = [];
  const visit = (node: NodeNumber) => {
    if (reached[node] === 1) return;
    reached[node] = 1;
    waiting.push(node);
  };
  for (const node of starts) visit(node);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (let edge = edges.starts[node]!; edge < edges.starts[node + 1]!; edge++) {
      if (isOfInterest(edge)) visit(edges.to[edge]!);
    }
  }
  return reached;
}
