import type { DependencyGraph, NodeNumber } from '../../read/graph/dependency-graph.ts';
import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { compareText } from '../../read/text/compare-text.ts';
import type { DependencyPaths, Way } from './dependency-paths.ts';

/** How direct dependencies pull in an entry's package. */
export interface Introducers {
  /** Shortest first; for a direct dependency a path with a single step. `productionFirst` changes the order. */
  readonly paths: readonly Way[];
  /** The distinct names of the packages that pull it in, without its own, in displayable form. */
  readonly names: readonly string[];
}

/**
 * Returns the direct dependencies of the project, or if the lockfile does not record them, the packages that no other
 * depends on.
 */
export function startsOf(graph: DependencyGraph, { importers }: Lockfile): ReadonlySet<NodeNumber> {
  return importers.size > 0 ? directNodes(graph) : rootNodes(graph);
}

/** Finds these for every package that paths lead to, by the entry's place. */
export function findIntroducers(
  graph: DependencyGraph,
  starts: Iterable<NodeNumber>,
  paths: DependencyPaths,
  placeOf: (node: NodeNumber) => number,
): ReadonlyMap<number, Introducers> {
  const found = new Map<number, Way[]>();
  for (const start of starts) {
    for (const way of paths.from(start)) {
      const place = placeOf(way.to);
      const same = found.get(place);
      if (same === undefined) found.set(place, [way]);
      else same.push(way);
    }
  }
  const introducers = new Map<number, Introducers>();
  for (const [place, all] of found) {
    const nameOf = (way: Way) => introducerName(graph, way);
    all.sort((a, b) => a.steps.length - b.steps.length || compareText(nameOf(a), nameOf(b)));
    introducers.set(place, { paths: all, names: introducerNames(graph, all) });
  }
  return introducers;
}

/** Puts the paths from production dependencies before others. A path with a single step stays first. */
export function productionFirst(
  graph: DependencyGraph,
  introducers: Introducers,
  isForDevelopment: (node: NodeNumber) => boolean,
): Introducers {
  const { paths } = introducers;
  const isLate = ({ steps }: Way) => steps.length > 1 && isForDevelopment(steps[0]!);
  const late = paths.filter(isLate);
  if (late.length === 0 || late.length === paths.length) return introducers;
  const ordered = [...paths.filter((way) => !isLate(way)), ...late];
  return { paths: ordered, names: introducerNames(graph, ordered) };
}

function introducerNames(graph: DependencyGraph, ways: readonly Way[]): readonly string[] {
  const own = graph.packages[ways[0]!.to]!.entry.name;
  const names = new Set(ways.map((way) => shownText(introducerName(graph, way) || own)));
  names.delete(own);
  return [...names];
}

function introducerName({ packages }: DependencyGraph, { steps }: Way): string {
  return steps.length > 1 ? packages[steps[0]!]!.entry.name : '';
}

/** Returns the packages that the root and its members depend on. */
function directNodes({ packages, importers }: DependencyGraph): ReadonlySet<NodeNumber> {
  const direct = new Set<NodeNumber>();
  for (const { dependencies } of importers) {
    for (const { resolved } of dependencies) {
      if (resolved !== undefined && resolved < packages.length) direct.add(resolved);
    }
  }
  return direct;
}

/**
 * Returns the packages that no other depends on: if the lockfile does not record direct dependencies, these must be
 * direct.
 */
function rootNodes({ packages, edges }: DependencyGraph): ReadonlySet<NodeNumber> {
  const { incomingStarts } = edges;
  const roots = new Set<NodeNumber>();
  for (let node = 0; node < packages.length; node++) {
    if (incomingStarts[node] === incomingStarts[node + 1]) roots.add(node);
  }
  return roots;
}
