import type { DependencyGraph, GraphPackage, NodeNumber } from '../../../../read/graph/dependency-graph.ts';
import { describeNode } from '../../../../read/graph/describe-package.ts';
import { kindOfCode } from '../../../../read/graph/edge-table.ts';
import {
  describeScripts,
  distinctPackages,
  packageKey,
  pulledInBy,
} from '../../../../read/graph/pulls-in.ts';
import { asClause } from '../../../../read/text/words/clause.ts';
import { visibleText } from '../../../../read/text/words/visible-text.ts';
import { plural } from '../../../../read/text/words/words.ts';
import type { GraphedLockfile } from '../graph-json.ts';
import type { Picture, PictureEdge, PictureNode } from './picture.ts';
import { isFound, type Verdicts } from './verdict.ts';

/** Limits of a picture. Mermaid draws at most 500 edges unless it is configured. */
export const MOST_NODES = 150;
const MOST_EDGES = 450;

/** Longer names are cut: npm's longest have 214 characters. */
const LONGEST_LABEL = 60;

/** The nodes to draw, and the edges that led to them. */
export interface Chosen {
  readonly nodes: readonly NodeNumber[];
  readonly edges: ReadonlySet<number>;
  /** Whether these are all edges to draw, rather than the first. */
  readonly isWhole: boolean;
  readonly targets: ReadonlySet<NodeNumber>;
  /** What remains, in words; empty for nothing. */
  readonly omitted: readonly string[];
}

/** Draws the chosen part of a graph with the verdicts on its packages. */
export function makePicture(lockfile: GraphedLockfile, chosen: Chosen, verdicts: Verdicts): Picture {
  const { path, status, reason, graph } = lockfile;
  const state =
    status === 'checked' ? '' : ` (${status}${reason === undefined ? '' : `: ${asClause(reason)}`})`;
  const title = visibleText(path + state);
  if (graph === undefined) return { title, nodes: [], edges: [], omitted: '' };
  const { edges, left } = edgesAmong(graph, chosen);
  const direct = directDependencies(graph);
  const words = [...chosen.omitted, ...(left > 0 ? [plural(left, 'edge')] : [])];
  return {
    title,
    nodes: chosen.nodes.map((node) =>
      pictureNode(graph, node, { verdicts, direct, targets: chosen.targets }),
    ),
    edges,
    omitted: words.length === 0 ? '' : `${words.join(', ')} left out`,
  };
}

interface NodeContext {
  readonly verdicts: Verdicts;
  readonly direct: ReadonlySet<NodeNumber>;
  readonly targets: ReadonlySet<NodeNumber>;
}

function pictureNode(
  graph: DependencyGraph,
  node: NodeNumber,
  { verdicts, direct, targets }: NodeContext,
): PictureNode {
  const instance = graph.packages[node];
  const words = describeNode(graph, node);
  const label = words.length > LONGEST_LABEL ? `${words.slice(0, LONGEST_LABEL - 1)}…` : words;
  const isTarget = targets.has(node);
  if (instance === undefined) return { label, detail: '', kind: 'importer', verdict: 'clear', isTarget };
  const details = [
    ...(instance.installScript === true ? ['install script'] : []),
    ...(direct.has(node) || isTarget ? describePulledIn(graph, node, verdicts) : []),
  ];
  return { label, detail: details.join(' · '), kind: 'package', verdict: verdicts.of(instance), isTarget };
}

/** Formats `pulls in 47 packages, depth 6, 3 with install scripts, 2 with findings`; nothing if it pulls in none. */
function describePulledIn(graph: DependencyGraph, node: NodeNumber, verdicts: Verdicts): readonly string[] {
  const { nodes, depth } = pulledInBy(graph, node);
  const count = distinctPackages(graph, nodes).size;
  if (count === 0) return [];
  const counted = (is: (one: GraphPackage) => boolean) => {
    const found = new Set<string>();
    for (const each of nodes) {
      const one = graph.packages[each];
      if (one !== undefined && is(one)) found.add(packageKey(one));
    }
    return found.size;
  };
  const scripts = counted(({ installScript }) => installScript === true);
  const findings = counted((one) => isFound(verdicts.of(one)));
  const parts = [
    `pulls in ${plural(count, 'package')}`,
    `depth ${depth}`,
    ...(scripts > 0 ? [describeScripts(scripts)] : []),
    ...(findings > 0 ? [`${findings} with findings`] : []),
  ];
  return [parts.join(', ')];
}

function directDependencies({ packages, importers }: DependencyGraph): ReadonlySet<NodeNumber> {
  const direct = new Set<NodeNumber>();
  for (const { dependencies } of importers) {
    for (const { resolved } of dependencies)
      if (resolved !== undefined && resolved < packages.length) direct.add(resolved);
  }
  return direct;
}

/** Returns the edges among the chosen nodes: those that led to them, then others if there is room. */
function edgesAmong(
  { edges }: DependencyGraph,
  chosen: Chosen,
): { readonly edges: readonly PictureEdge[]; readonly left: number } {
  const places = new Map(chosen.nodes.map((node, place) => [node, place]));
  const important: PictureEdge[] = [];
  const others: PictureEdge[] = [];
  const seen = new Set<string>();
  for (let edge = 0; edge < edges.count; edge++) {
    const isMain = chosen.edges.has(edge);
    if (chosen.isWhole && !isMain) continue;
    const from = places.get(edges.from[edge]!);
    const to = places.get(edges.to[edge]!);
    if (from === undefined || to === undefined || from === to) continue;
    const kind = kindOfCode(edges.kinds[edge]!);
    const key = `${from} ${to} ${kind}`;
    if (seen.has(key)) continue;
    seen.add(key);
    (isMain ? important : others).push({ from, to, label: kind === 'prod' ? '' : kind, isMain });
  }
  const all = [...important, ...others];
  return { edges: all.slice(0, MOST_EDGES), left: Math.max(0, all.length - MOST_EDGES) };
}
