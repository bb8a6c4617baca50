import type { DependencyGraph, GraphPackage, NodeNumber } from '../../read/graph/dependency-graph.ts';
import { importerAt } from '../../read/graph/dependency-graph.ts';
import { DEV, PROD } from '../../read/graph/edge-table.ts';

/**
 * Returns the packages without which an install is incomplete: those that installed importers reach without optional and
 * peer dependencies. An importer none of whose dependencies is installed was left out of the install, and so were
 * development dependencies if none of them is installed.
 */
export function requiredPackages(
  graph: DependencyGraph,
  isInstalled: (found: GraphPackage) => boolean,
): readonly GraphPackage[] {
  const { packages, importers, edges } = graph;
  const targets = (node: NodeNumber, kind: number): readonly NodeNumber[] => {
    const found: NodeNumber[] = [];
    for (let edge = edges.starts[node]!; edge < edges.starts[node + 1]!; edge++)
      if (edges.kinds[edge] === kind && edges.to[edge]! >= 0) found.push(edges.to[edge]!);
    return found;
  };
  const isThere = (node: NodeNumber) => packages[node] !== undefined && isInstalled(packages[node]!);
  const present = importers.flatMap((_, at) => {
    const node = packages.length + at;
    const direct = [...targets(node, PROD), ...targets(node, DEV)].filter((to) => packages[to] !== undefined);
    return direct.length > 0 && direct.some(isThere) ? [node] : [];
  });
  const reached = new Set<NodeNumber>();
  const reach = (from: readonly NodeNumber[]) => {
    const waiting = [...from];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (reached.has(node)) continue;
      reached.add(node);
      // A linked member is an importer of its own.
      if (importerAt(graph, node) === undefined) waiting.push(...targets(node, PROD));
    }
  };
  for (const node of present) reach(targets(node, PROD));
  const development = present.flatMap((node) => targets(node, DEV)).filter((to) => !reached.has(to));
  if (development.some(isThere)) reach(development);
  return [...reached].sort((a, b) => a - b).flatMap((node) => packages[node] ?? []);
}
