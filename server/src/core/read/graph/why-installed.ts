import { type DependencyGraph, dependentsOf, idOfNode, type NodeNumber } from './dependency-graph.ts';
import { type GraphPath, shortestPaths } from './shortest-paths.ts';

/** The paths from one importer to a package, shortest first. */
export interface PathsFrom {
  readonly importer: NodeNumber;
  readonly paths: readonly GraphPath[];
}

/** The reasons why a package is installed. */
export interface WhyInstalled {
  /** The instances, all of one package. */
  readonly nodes: readonly NodeNumber[];
  /** Importers, the one with the shortest path first. */
  readonly ways: readonly PathsFrom[];
  /** The number of dependents, and the number of them that the paths lead through. */
  readonly dependents: number;
  readonly followed: number;
}

/**
 * Finds the paths to any of several instances of a package: for each of their dependents the shortest path from each
 * importer, not through other importers.
 * @param most how many dependents that are packages are followed; each costs a walk over the graph
 */
export function whyInstalled(
  graph: DependencyGraph,
  nodes: readonly NodeNumber[],
  most: number,
): WhyInstalled {
  const { edges, packages } = graph;
  const incoming = nodes.flatMap((node) => [...dependentsOf(graph, node)]);
  const isDirect = (edge: number) => edges.from[edge]! >= packages.length;
  const indirect = incoming.filter((edge) => !isDirect(edge));
  const followed = [...incoming.filter(isDirect), ...indirect.slice(0, most)];
  const ways = new Map<NodeNumber, GraphPath[]>();
  const add = (path: GraphPath) => {
    const known = ways.get(path.importer);
    if (known === undefined) ways.set(path.importer, [path]);
    else known.push(path);
  };
  for (const edge of followed) {
    if (isDirect(edge)) {
      add({ importer: edges.from[edge]!, length: 1, edges: [edge] });
      continue;
    }
    const toDependent = shortestPaths(graph, edges.from[edge]!, {
      throughImporters: false,
      without: edges.to[edge]!,
    });
    for (const path of toDependent) add(withLast(path, edge));
  }
  const sorted = [...ways].map(([importer, paths]) => ({
    importer,
    paths: paths.sort((a, b) => a.length - b.length),
  }));
  const lengthOf = ({ paths }: PathsFrom) => paths[0]?.length ?? 0;
  sorted.sort(
    (a, b) =>
      lengthOf(a) - lengthOf(b) || (idOfNode(graph, a.importer) < idOfNode(graph, b.importer) ? -1 : 1),
  );
  return { nodes, ways: sorted, dependents: incoming.length, followed: followed.length };
}

function withLast(path: GraphPath, edge: number): GraphPath {
  return {
    importer: path.importer,
    length: path.length + 1,
    get edges() {
      return [...path.edges, edge];
    },
  };
}
