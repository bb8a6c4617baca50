import { buildGraph } from '../../read/graph/build-graph.ts';
import type { DependencyGraph, NodeNumber } from '../../read/graph/dependency-graph.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { hasSameEdges } from '../../read/lockfile/same-edges.ts';
import { extendedEdges } from '../../read/project/overrides/extended-edges.ts';
import { replacedSpecifier } from '../../read/project/overrides/replaced-specifier.ts';
import type { Project } from '../../read/project/project.ts';
import { onForgetLatest } from '../../read/text/latest.ts';
import { type DependencyPaths, findPaths } from './dependency-paths.ts';
import { findIntroducers, type Introducers, startsOf } from './introducers.ts';

/** The inputs of a graph besides its lockfile. */
export type GraphParts = Pick<Project, 'manager' | 'overrides' | 'yarnrcs' | 'catalogs'>;

/**
 * The graph of a lockfile, addressed by the places of its entries: an edit that changes no edge keeps the graph and
 * replaces only the entries.
 */
export interface LockGraph {
  readonly graph: DependencyGraph;
  /** The place of a package's entry in the lockfile; -1 if it has none. */
  readonly placeOf: Int32Array;
  /** Returns the packages that an entry at a place represents, possibly several in pnpm lockfiles. */
  readonly nodesAt: (place: number) => readonly NodeNumber[];
  /** The direct dependencies of the project, see `startsOf`. */
  readonly starts: ReadonlySet<NodeNumber>;
  /** Returns the dependency paths to these packages, cached for the last targets. */
  readonly waysTo: (targets: readonly NodeNumber[]) => FoundPaths;
}

interface FoundPaths extends DependencyPaths {
  /** Returns these by the places of the entries that paths lead to. */
  introducers(): ReadonlyMap<number, Introducers>;
}

interface Built {
  readonly lockfile: Lockfile;
  readonly inputs: readonly unknown[];
  readonly lockGraph: LockGraph;
}

const known = new WeakMap<Lockfile, Built>();
/** The last graph built. An edited lockfile is a new object, but usually has the same graph as its predecessor. */
let latest: Built | undefined;
onForgetLatest(() => {
  latest = undefined;
});

export function lockGraphOf(
  lockfile: Lockfile,
  { manager, overrides, yarnrcs, catalogs }: GraphParts,
): LockGraph {
  const inputs = [manager, overrides, yarnrcs, catalogs];
  const isCurrent = (built: Built) => built.inputs.every((input, at) => input === inputs[at]);
  const before = known.get(lockfile);
  if (before !== undefined && isCurrent(before)) return before.lockGraph;
  const lockGraph =
    latest !== undefined && isCurrent(latest) && hasSameEdges(latest.lockfile, lockfile)
      ? latest.lockGraph
      : readGraph(lockfile, { manager, overrides, yarnrcs, catalogs });
  latest = { lockfile, inputs, lockGraph };
  known.set(lockfile, latest);
  return lockGraph;
}

function readGraph(lockfile: Lockfile, parts: GraphParts): LockGraph {
  const graph = buildGraph(lockfile, {
    replaced: (from, edge) => replacedSpecifier(parts, from, edge),
    extended: extendedEdges(parts),
  });
  const places = new Map<LockEntry, number>();
  for (const [place, entry] of lockfile.entries.entries()) places.set(entry, place);
  const placeOf = new Int32Array(graph.packages.length);
  const nodes = new Map<number, NodeNumber[]>();
  for (const [node, { entry }] of graph.packages.entries()) {
    const place = places.get(entry) ?? -1;
    placeOf[node] = place;
    const same = nodes.get(place);
    if (same === undefined) nodes.set(place, [node]);
    else same.push(node);
  }
  const starts = startsOf(graph, lockfile);
  const findTo = (targets: readonly NodeNumber[]): FoundPaths => {
    const paths = findPaths(graph, targets);
    let introducers: ReturnType<FoundPaths['introducers']> | undefined;
    return {
      ...paths,
      introducers() {
        introducers ??= findIntroducers(graph, starts, paths, (node) => placeOf[node]!);
        return introducers;
      },
    };
  };
  let found: { readonly targets: readonly NodeNumber[]; readonly paths: FoundPaths } | undefined;
  return {
    graph,
    placeOf,
    starts,
    nodesAt: (place) => (place === -1 ? [] : (nodes.get(place) ?? [])),
    waysTo(targets) {
      const isKnown =
        found?.targets.length === targets.length && found.targets.every((node, at) => node === targets[at]);
      if (found === undefined || !isKnown) found = { targets, paths: findTo(targets) };
      return found.paths;
    },
  };
}
