import type { NormalEdge, NormalGraph, NormalPackage } from './normal-form.ts';

/** One difference between two graphs, with its package or importer. */
export interface Difference {
  readonly of: string;
  readonly what: string;
}

/**
 * Returns the differences between our graph and the oracle's; fields that the oracle leaves undefined are not compared.
 */
export function compareGraphs(ours: NormalGraph, oracle: NormalGraph): readonly Difference[] {
  return [...comparePackages(ours.packages, oracle.packages), ...compareEdges(ours.edges, oracle.edges)];
}

function comparePackages(
  ours: readonly NormalPackage[],
  oracle: readonly NormalPackage[],
): readonly Difference[] {
  const differences: Difference[] = [];
  const own = new Map(ours.map((each) => [each.id, each]));
  if (own.size !== ours.length) differences.push({ of: '', what: 'our ids are not unique' });
  for (const theirs of oracle) {
    const mine = own.get(theirs.id);
    own.delete(theirs.id);
    if (mine === undefined) {
      differences.push({ of: theirs.id, what: 'no such package in our graph' });
      continue;
    }
    for (const field of ['name', 'version', 'dev', 'optional', 'peer'] as const) {
      if (theirs[field] === undefined || theirs[field] === mine[field]) continue;
      differences.push({
        of: theirs.id,
        what: `${field} is ${theirs[field]} for the oracle, ${mine[field]} for us`,
      });
    }
  }
  for (const id of own.keys()) differences.push({ of: id, what: 'no such package for the oracle' });
  return differences;
}

function compareEdges(ours: readonly NormalEdge[], oracle: readonly NormalEdge[]): readonly Difference[] {
  const differences: Difference[] = [];
  const own = new Map<string, NormalEdge[]>();
  for (const edge of ours) own.set(keyOf(edge), [...(own.get(keyOf(edge)) ?? []), edge]);
  for (const theirs of oracle) {
    const same = own.get(keyOf(theirs)) ?? [];
    const at = same.findIndex(
      ({ specifier }) => theirs.specifier === undefined || specifier === theirs.specifier,
    );
    const [mine] = same.splice(Math.max(at, 0), 1);
    if (mine === undefined) {
      differences.push({ of: theirs.from, what: `no ${keyOf(theirs)} in our graph` });
    } else if (at < 0) {
      const what = `${keyOf(theirs)} is ${theirs.specifier} for the oracle, ${mine.specifier} for us`;
      differences.push({ of: theirs.from, what });
    }
  }
  for (const edge of [...own.values()].flat()) {
    differences.push({ of: edge.from, what: `no ${keyOf(edge)} for the oracle` });
  }
  return differences;
}

function keyOf({ from, to, name, kind }: NormalEdge): string {
  return `${kind} dependency ${name}: ${from} -> ${to}`;
}
