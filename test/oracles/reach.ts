import type { NormalGraph, NormalKind, NormalPackage } from './normal-form.ts';

/**
 * Returns the graph with flags derived from its edges: whether every dependency path of a package contains a
 * development dependency, and whether every path contains an optional or a development one. Unreachable packages
 * are unchanged.
 */
export function withReach({ packages, edges }: NormalGraph): NormalGraph {
  const outgoing = new Map<string, { readonly to: string; readonly kind: NormalKind }[]>();
  for (const edge of edges) {
    const known = outgoing.get(edge.from);
    if (known === undefined) outgoing.set(edge.from, [edge]);
    else known.push(edge);
  }
  const importers = new Set(
    edges.flatMap(({ from, to }) => [from, to]).filter((id) => id.startsWith('importer:')),
  );
  const walk = (avoided: readonly NormalKind[]): ReadonlySet<string> => {
    const seen = new Set(importers);
    const waiting = [...importers];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      for (const { to, kind } of outgoing.get(id) ?? []) {
        if (avoided.includes(kind) || seen.has(to)) continue;
        seen.add(to);
        waiting.push(to);
      }
    }
    return seen;
  };
  const any = walk([]);
  const noDev = walk(['dev']);
  const neither = walk(['dev', 'optional', 'optional peer']);
  const noOptional = walk(['optional', 'optional peer']);
  return {
    edges,
    packages: packages.map((each): NormalPackage => {
      if (!any.has(each.id)) return each;
      const dev = !noDev.has(each.id);
      // npm's terms: `optional` if each path has an optional edge, `devOptional` if each has one or the other.
      const optional = !noOptional.has(each.id) || (!dev && !neither.has(each.id));
      return { ...each, dev, optional };
    }),
  };
}
