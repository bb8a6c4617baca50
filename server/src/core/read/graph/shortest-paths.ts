import { type DependencyGraph, importerAt, type NodeNumber } from './dependency-graph.ts';

/** A path from an importer to a package. */
export interface GraphPath {
  readonly importer: NodeNumber;
  /** The number of edges; 0 if the query is for the importer itself. */
  readonly length: number;
  /**
   * Edges by their index in the edge table, starting at the importer. Computed on demand, because a path may be long.
   */
  readonly edges: readonly number[];
}

export interface PathOptions {
  /** Whether a path may lead through another importer, such as from a member through the member that it links. */
  readonly throughImporters: boolean;
  /** A node that no path leads through. */
  readonly without?: NodeNumber;
}

/**
 * Returns the shortest path from each importer to the target: shortest first, equal lengths sorted by the importer's
 * path. Linear in the graph, including cycles; of several shortest paths, it always picks the same one.
 */
export function shortestPaths(
  graph: DependencyGraph,
  target: NodeNumber,
  options: PathOptions = { throughImporters: true },
): readonly GraphPath[] {
  const { edges, packages, importers } = graph;
  const first = packages.length;
  /** The edge to take from a node, as its index plus 1; 0 for none. */
  const next = new Int32Array(first + importers.length);
  const lengths = new Int32Array(first + importers.length);
  const order: NodeNumber[] = [target];
  const found: NodeNumber[] = [];
  const isThere = (node: NodeNumber) => node === target || next[node] !== 0;
  for (let at = 0; at < order.length; at++) {
    const node = order[at]!;
    if (node >= first) {
      found.push(node);
      if (!options.throughImporters && node !== target) continue;
    }
    for (let place = edges.incomingStarts[node]!; place < edges.incomingStarts[node + 1]!; place++) {
      const edge = edges.incoming[place]!;
      const from = edges.from[edge]!;
      if (isThere(from) || from === options.without) continue;
      next[from] = edge + 1;
      lengths[from] = lengths[node]! + 1;
      order.push(from);
    }
  }
  const stepsFrom = (importer: NodeNumber) => {
    const steps: number[] = [];
    for (let node = importer; node !== target; node = edges.to[next[node]! - 1]!) steps.push(next[node]! - 1);
    return steps;
  };
  const paths = found.map((importer) => ({
    importer,
    length: lengths[importer]!,
    get edges() {
      return stepsFrom(importer);
    },
  }));
  const pathOf = ({ importer }: GraphPath) => importerAt(graph, importer)?.path ?? '';
  return paths.sort((a, b) => a.length - b.length || (pathOf(a) < pathOf(b) ? -1 : 1));
}
