import type { DependencyGraph, GraphImporter, NodeNumber } from '../graph/dependency-graph.ts';
import { isFrontEnd } from './front-end.ts';

/** Who uses the packages of a lockfile, as far as it says what its importers declare. */
export interface Uses {
  /** Whether a front end that declares development dependencies alone pulls it in: see `isFrontEnd`. */
  isOfFrontEnd(node: NodeNumber): boolean;
  /** Whether only fixtures pull it in. */
  isOfFixtures(node: NodeNumber): boolean;
}

/**
 * Tells who uses packages.
 *
 * @param isFixture whether the importer of a path is a fixture
 */
export function usesOf(graph: DependencyGraph, isFixture: (path: string) => boolean): Uses {
  const { importers } = graph;
  const fixtures = new Set(importers.filter(({ path }) => isFixture(path)));
  const hasMembers = importers.length > 1;
  const ofFrontEnds = reach(
    graph,
    importers.filter((importer) => shipsDevelopment(importer, hasMembers)),
  );
  const outside =
    fixtures.size === 0
      ? undefined
      : reach(
          graph,
          importers.filter((importer) => !fixtures.has(importer)),
        );
  const inside = fixtures.size === 0 ? undefined : reach(graph, [...fixtures]);
  return {
    isOfFrontEnd: (node) => ofFrontEnds[node] === 1,
    isOfFixtures: (node) => inside?.[node] === 1 && outside![node] !== 1,
  };
}

function shipsDevelopment({ path, dependencies }: GraphImporter, hasMembers: boolean): boolean {
  if (dependencies.length === 0 || dependencies.some(({ kind }) => kind !== 'dev' && kind !== 'peer'))
    return false;
  return isFrontEnd(
    dependencies.map(({ name }) => name),
    path,
    hasMembers,
  );
}

/** 1 for each package that can be reached from these importers. */
function reach(
  { packages, edges }: DependencyGraph,
  importers: readonly GraphImporter[],
): Uint8Array<ArrayBuffer> {
  const reached = new Uint8Array(packages.length);
  const waiting: NodeNumber[] = [];
  const visit = (node: NodeNumber | undefined) => {
    if (node === undefined || node >= packages.length || reached[node] === 1) return;
    reached[node] = 1;
    waiting.push(node);
  };
  for (const { dependencies } of importers) for (const { resolved } of dependencies) visit(resolved);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (let edge = edges.starts[node]!; edge < edges.starts[node + 1]!; edge++) visit(edges.to[edge]);
  }
  return reached;
}
