import type { DependencyGraph, NodeNumber } from './dependency-graph.ts';

const known = new WeakMap<DependencyGraph, ReadonlyMap<string, readonly NodeNumber[]>>();

/** Returns the packages of a name, by their own name rather than the one they are imported under. */
export function nodesNamed(graph: DependencyGraph, name: string): readonly NodeNumber[] {
  let byName = known.get(graph);
  if (byName === undefined) {
    byName = indexNames(graph);
    known.set(graph, byName);
  }
  return byName.get(name) ?? [];
}

function indexNames({ packages }: DependencyGraph): ReadonlyMap<string, readonly NodeNumber[]> {
  const byName = new Map<string, NodeNumber[]>();
  for (const [node, { name }] of packages.entries()) {
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [node]);
    else same.push(node);
  }
  return byName;
}
