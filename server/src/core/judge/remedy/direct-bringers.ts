import type { DependencyGraph, NodeNumber } from '../../read/graph/dependency-graph.ts';
import { nodesNamed } from '../../read/graph/nodes-by-name.ts';
import type { BadPackage } from './bad-package.ts';

/** Returns the names of direct dependencies that pull in a version, shortest path first, except itself. */
export function directBringers(graph: DependencyGraph, { name, version }: BadPackage): readonly string[] {
  const { packages, edges } = graph;
  const waiting: NodeNumber[] = [...nodesNamed(graph, name)].filter(
    (node) => packages[node]!.version === version,
  );
  const seen = new Set(waiting);
  const names = new Set<string>();
  for (let at = 0; at < waiting.length; at++) {
    const node = waiting[at]!;
    for (let place = edges.incomingStarts[node]!; place < edges.incomingStarts[node + 1]!; place++) {
      const from = edges.from[edges.incoming[place]!]!;
      if (from >= packages.length) names.add(packages[node]!.name);
      else if (!seen.has(from)) waiting.push(from);
      seen.add(from);
    }
  }
  names.delete(name);
  return [...names];
}
