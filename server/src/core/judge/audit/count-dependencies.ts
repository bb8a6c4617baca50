import type { DependencyGraph, NodeNumber } from '../../read/graph/dependency-graph.ts';
import { DEV, OPTIONAL, OPTIONAL_PEER } from '../../read/graph/edge-table.ts';
import { reachedFrom } from '../../read/graph/introduced-by.ts';
import type { DependencyCounts } from './audit-report.ts';

/**
 * Counts installed packages as npm does: `prod` includes the root though the total does not, links count in addition to
 * their targets, and a package that is optional on one path and for development on another counts as neither.
 */
export function countDependencies(graph: DependencyGraph): DependencyCounts {
  const { packages, importers, lockfile } = graph;
  const { kinds } = graph.edges;
  const ofDevelopment = reachedFrom(
    graph,
    developmentStarts(graph),
    (edge) => kinds[edge] !== OPTIONAL && kinds[edge] !== OPTIONAL_PEER,
  );
  const counts = { prod: 0, dev: 0, optional: 0, peer: 0, peerOptional: 0 };
  for (const [node, { dev, optional, peer }] of packages.entries()) {
    const isOptional = optional && (dev || ofDevelopment[node] === 0);
    if (dev) counts.dev++;
    if (isOptional) counts.optional++;
    if (peer) counts.peer++;
    if (!dev && !isOptional && !peer) counts.prod++;
  }
  const links =
    lockfile.format === 'package-lock' || lockfile.format === 'npm-shrinkwrap' ? lockfile.links : [];
  const others = importers.filter(({ path }) => path !== '').length + links.length;
  return { ...counts, prod: counts.prod + others + 1, total: packages.length + others };
}

/** Returns the development dependencies of the root and the members. */
function developmentStarts({ edges, packages }: DependencyGraph): readonly NodeNumber[] {
  const starts: NodeNumber[] = [];
  for (let edge = edges.starts[packages.length] ?? edges.count; edge < edges.count; edge++) {
    if (edges.kinds[edge] === DEV) starts.push(edges.to[edge]!);
  }
  return starts;
}
