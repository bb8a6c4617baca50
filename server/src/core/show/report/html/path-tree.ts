import { type DependencyGraph, importerAt, type NodeNumber } from '../../../read/graph/dependency-graph.ts';
import { describeNode } from '../../../read/graph/describe-package.ts';
import type { GraphPath } from '../../../read/graph/shortest-paths.ts';
import { whyInstalled } from '../../../read/graph/why-installed.ts';
import { groupBy } from '../../../read/text/group-by.ts';

/** A box of a picture of dependency paths. */
export interface PathStep {
  readonly name: string;
  /** Shown below the name. */
  readonly below: string;
  /** The packages that it pulls in; empty for the last one before the target. */
  readonly next: readonly PathStep[];
}

/** The shortest dependency paths to a package: trees from the importers whose leaves all pull in the package. */
export interface PathTree {
  readonly importers: readonly PathStep[];
  readonly target: PathStep;
  /** The paths in words, from the direct dependency, shortest first. */
  readonly paths: readonly string[];
  /** The number of further paths. */
  readonly more: number;
}

/** Nobody reads more. */
const MOST_PATHS = 5;
/** How many dependents are followed: each costs a walk over the graph. */
const MOST_DEPENDENTS = 8;

/**
 * Returns the dependency paths to the instances of a package; undefined if there are none.
 * @param options.direct whether to return them for a direct dependency as well
 */
export function pathTree(
  graph: DependencyGraph,
  nodes: readonly NodeNumber[],
  { direct = false } = {},
): PathTree | undefined {
  const why = whyInstalled(graph, nodes, MOST_DEPENDENTS);
  const all = why.ways.flatMap(({ paths }) => paths).sort((a, b) => a.length - b.length);
  if (all.length === 0 || (!direct && all[0]!.length < 2)) return undefined;
  const { to } = graph.edges;
  // The same path from several importers is one.
  const alike = [
    ...groupBy(all, ({ edges }) => edges.map((edge) => describeNode(graph, to[edge]!)).join(' → ')),
  ];
  const shown = alike.slice(0, MOST_PATHS);
  const importers: Growing[] = [];
  for (const [, paths] of shown) {
    let level = importers;
    level = grown(level, importerStep(graph, paths));
    for (const edge of paths[0]!.edges.slice(0, -1)) level = grown(level, packageStep(graph, to[edge]!));
  }
  return {
    importers,
    target: { ...packageStep(graph, nodes[0]!), next: [] },
    paths: shown.map(([words]) => words),
    more: alike.length - shown.length + why.dependents - why.followed,
  };
}

interface Growing extends PathStep {
  readonly next: Growing[];
}

type Box = Pick<PathStep, 'name' | 'below'>;

function importerStep(graph: DependencyGraph, paths: readonly GraphPath[]): Box {
  const [{ importer }] = paths as [GraphPath];
  const others = new Set(paths.map((path) => path.importer)).size - 1;
  const below = others === 0 ? importerAt(graph, importer)?.path || 'project root' : `and ${others} more`;
  return { name: nameOfImporter(graph, importer), below };
}

function nameOfImporter(graph: DependencyGraph, node: NodeNumber): string {
  const importer = importerAt(graph, node);
  return importer?.name ?? (importer?.path || 'project root');
}

function packageStep(graph: DependencyGraph, node: NodeNumber): Box {
  const { name, alias, version } = graph.packages[node] ?? { name: describeNode(graph, node) };
  return { name, below: [version, alias && `as ${alias}`].filter((part) => part).join(' ') };
}

/** Adds a box to a level unless it is there, and returns the level behind it. */
function grown(level: Growing[], box: Box): Growing[] {
  const known = level.find(({ name, below }) => name === box.name && below === box.below);
  if (known !== undefined) return known.next;
  const next: Growing[] = [];
  level.push({ ...box, next });
  return next;
}
