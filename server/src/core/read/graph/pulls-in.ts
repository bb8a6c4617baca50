import type { DependencyGraph, NodeNumber } from './dependency-graph.ts';
import { DEV, OPTIONAL_PEER, PEER } from './edge-table.ts';

/** What a package pulls in, itself excluded. */
export interface PulledIn {
  /** Packages, and members if it leads to one, nearest first. */
  readonly nodes: readonly NodeNumber[];
  /** The number of edges to the farthest of them, by the shortest path to each. */
  readonly depth: number;
}

/**
 * Finds everything that installing a package pulls in. Linear in what is reached. The development dependencies of a
 * linked member are not among it, and neither are peers where dependents provide them (Yarn).
 */
export function pulledInBy({ edges, peers }: DependencyGraph, start: NodeNumber): PulledIn {
  const order: NodeNumber[] = [start];
  const seen = new Set(order);
  const depths = [0];
  for (let at = 0; at < order.length; at++) {
    const node = order[at]!;
    for (let edge = edges.starts[node]!; edge < edges.starts[node + 1]!; edge++) {
      const kind = edges.kinds[edge]!;
      const to = edges.to[edge]!;
      const isSkipped = kind === DEV || (peers === 'use' && (kind === PEER || kind === OPTIONAL_PEER));
      if (isSkipped || seen.has(to)) continue;
      seen.add(to);
      order.push(to);
      depths.push(depths[at]! + 1);
    }
  }
  return { nodes: order.slice(1), depth: depths.at(-1)! };
}

/** Returns the distinct packages among nodes as `name version`, since a version may be installed several times. */
export function distinctPackages(
  { packages }: DependencyGraph,
  nodes: readonly NodeNumber[],
): ReadonlySet<string> {
  const distinct = new Set<string>();
  for (const node of nodes) {
    const instance = packages[node];
    if (instance !== undefined) distinct.add(packageKey(instance));
  }
  return distinct;
}

/** Formats `3 with install scripts`. */
export function describeScripts(count: number): string {
  return count === 1 ? '1 with an install script' : `${count} with install scripts`;
}

/** Returns `name version`. */
export function packageKey({
  name,
  version,
}: {
  readonly name: string;
  readonly version: string | undefined;
}): string {
  return `${name} ${version ?? ''}`;
}
