import type { DependencyGraph, NodeNumber } from './dependency-graph.ts';
import { OPTIONAL_PEER, PEER } from './edge-table.ts';

/**
 * Why a package is installed, by the sections that declare what leads to it. development: only development dependencies
 * lead to it. optional: every path that is not for development has an optional dependency.
 */
export type DeclaredScope = 'production' | 'optional' | 'development';

/** Needed most first. */
export const DECLARED_SCOPES: readonly DeclaredScope[] = ['production', 'optional', 'development'];

/** The depth of a package to which nothing is known to lead. */
export const UNREACHED = -1;

/**
 * Returns the scope of each package. Undefined where nothing is known to lead to it, and the lockfile does not record it.
 * `check`, `incident` and `inventory` use the same one; severities also know development tools, whatever section has them.
 *
 * @param depths of `depthsOf`
 */
export function scopesOf(
  graph: DependencyGraph,
  depths: Int32Array = depthsOf(graph),
): (node: NodeNumber) => DeclaredScope | undefined {
  const knowsReach = graph.importers.some(({ dependencies }) => dependencies.length > 0);
  return (node) => {
    const { dev, optional } = graph.packages[node]!;
    if (dev) return 'development';
    if (optional) return 'optional';
    return knowsReach && depths[node] !== UNREACHED ? 'production' : undefined;
  };
}

/** Returns the number of edges from the nearest importer to each package. */
export function depthsOf({ edges, packages, importers, peers }: DependencyGraph): Int32Array {
  const depths = new Int32Array(packages.length + importers.length).fill(UNREACHED);
  const order = importers.map((_, at) => packages.length + at);
  for (const node of order) depths[node] = 0;
  for (let at = 0; at < order.length; at++) {
    const node = order[at]!;
    for (let edge = edges.starts[node]!; edge < edges.starts[node + 1]!; edge++) {
      const kind = edges.kinds[edge];
      if (peers === 'use' && (kind === PEER || kind === OPTIONAL_PEER)) continue;
      const to = edges.to[edge]!;
      if (depths[to] !== UNREACHED) continue;
      depths[to] = depths[node]! + 1;
      order.push(to);
    }
  }
  return depths;
}
