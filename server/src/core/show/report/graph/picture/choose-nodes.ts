import {
  type DependencyGraph,
  importerAt,
  type NodeNumber,
} from '../../../../read/graph/dependency-graph.ts';
import { kindOfCode } from '../../../../read/graph/edge-table.ts';
import { whyInstalled } from '../../../../read/graph/why-installed.ts';
import { plural } from '../../../../read/text/words/words.ts';
import { type Chosen, MOST_NODES } from './make-picture.ts';
import { isFound, type Verdict, type Verdicts } from './verdict.ts';

const WORST: readonly Verdict[] = ['error', 'warning', 'information'];

/**
 * Chooses what to draw of a whole graph: the packages with findings, worst first, each with its shortest path from an
 * importer; then the nearest packages, until the picture is full.
 */
export function chooseOfGraph(graph: DependencyGraph, verdicts: Verdicts): Chosen {
  const { packages } = graph;
  const { order, reachedBy } = breadthFirst(graph);
  const chosen = new Set<NodeNumber>();
  const edges = new Set<number>();
  const add = (node: NodeNumber) => {
    if (chosen.has(node) || chosen.size >= MOST_NODES) return;
    const path = pathTo(graph, reachedBy, node);
    if (path === undefined) return;
    const missing = path.nodes.filter((each) => !chosen.has(each));
    if (chosen.size + missing.length > MOST_NODES) return;
    for (const each of missing) chosen.add(each);
    for (const edge of path.edges) edges.add(edge);
  };
  const found = order.filter((node) => node < packages.length && isFound(verdicts.of(packages[node]!)));
  const rank = (node: NodeNumber) => WORST.indexOf(verdicts.of(packages[node]!));
  for (const node of found.toSorted((a, b) => rank(a) - rank(b))) add(node);
  const { starts } = graph.edges;
  const isDrawn = (node: NodeNumber) =>
    starts[node]! < starts[node + 1]! || importerAt(graph, node)?.path === '';
  const importers = order.filter((node) => node >= packages.length && isDrawn(node));
  for (const node of importers.slice(0, MOST_NODES / 3)) add(node);
  for (const node of order) if (node < packages.length) add(node);
  const nodes = order.filter((node) => chosen.has(node));
  const left = order.filter((node) => !chosen.has(node));
  const packagesLeft = left.filter((node) => node < packages.length).length;
  const importersLeft = left.length - packagesLeft;
  return {
    ...{ nodes, edges, isWhole: false, targets: new Set() },
    omitted: [
      ...(packagesLeft > 0 ? [plural(packagesLeft, 'package')] : []),
      ...(importersLeft > 0 ? [plural(importersLeft, 'member')] : []),
    ],
  };
}

/** Chooses the shortest paths to some instances of a package from each importer. */
export function chooseOfWhy(graph: DependencyGraph, targets: readonly NodeNumber[]): Chosen {
  const { edges: table } = graph;
  const why = whyInstalled(graph, targets, MOST_DEPENDENTS);
  const chosen = new Set<NodeNumber>();
  const edges = new Set<number>();
  let left = why.dependents - why.followed;
  // By turns, so that each importer has a path before any has two.
  const rounds = Math.max(0, ...why.ways.map(({ paths }) => paths.length));
  for (let round = 0; round < rounds; round++) {
    for (const { paths } of why.ways) {
      const path = paths[round];
      if (path === undefined) continue;
      const steps = path.edges;
      const nodes = steps.flatMap((edge) => [table.from[edge]!, table.to[edge]!]);
      const missing = new Set(nodes.filter((node) => !chosen.has(node)));
      if (chosen.size + missing.size > MOST_NODES) {
        left++;
        continue;
      }
      for (const node of missing) chosen.add(node);
      for (const edge of steps) edges.add(edge);
    }
  }
  // Nothing leads to them.
  if (chosen.size === 0) for (const target of targets.slice(0, MOST_NODES)) chosen.add(target);
  const nodes = breadthFirst(graph).order.filter((node) => chosen.has(node));
  return {
    nodes,
    edges,
    isWhole: true,
    targets: new Set(targets),
    omitted: left > 0 ? [plural(left, 'dependency path')] : [],
  };
}

/** As many as the text follows. */
const MOST_DEPENDENTS = 12;

interface Reached {
  /** Importers, then packages by their distance from them, then those that no importer leads to. */
  readonly order: readonly NodeNumber[];
  /** The edge that first led to a node, plus 1; 0 for none. */
  readonly reachedBy: Int32Array;
}

/** Walks the graph from all importers at once, production dependencies first. */
function breadthFirst({ packages, importers, edges }: DependencyGraph): Reached {
  const count = packages.length + importers.length;
  const reachedBy = new Int32Array(count);
  const seen = new Uint8Array(count);
  const order: NodeNumber[] = importers.map((_, index) => packages.length + index);
  for (const node of order) seen[node] = 1;
  const visit = (node: NodeNumber, isWanted: (edge: number) => boolean) => {
    for (let edge = edges.starts[node]!; edge < edges.starts[node + 1]!; edge++) {
      const to = edges.to[edge]!;
      if (seen[to] === 1 || !isWanted(edge)) continue;
      seen[to] = 1;
      reachedBy[to] = edge + 1;
      order.push(to);
    }
  };
  const isProd = (edge: number) => kindOfCode(edges.kinds[edge]!) === 'prod';
  for (let at = 0; at < order.length; at++) {
    visit(order[at]!, isProd);
    visit(order[at]!, () => true);
  }
  for (let node = 0; node < packages.length; node++) if (seen[node] === 0) order.push(node);
  return { order, reachedBy };
}

/** Returns the nodes and edges from an importer to a node; undefined if they are too many to draw. */
function pathTo(
  { edges }: DependencyGraph,
  reachedBy: Int32Array,
  node: NodeNumber,
): { readonly nodes: readonly NodeNumber[]; readonly edges: readonly number[] } | undefined {
  const nodes = [node];
  const steps: number[] = [];
  for (let at = node; reachedBy[at] !== 0; at = nodes.at(-1)!) {
    if (nodes.length >= MOST_NODES) return undefined;
    steps.push(reachedBy[at]! - 1);
    nodes.push(edges.from[reachedBy[at]! - 1]!);
  }
  return { nodes, edges: steps };
}
