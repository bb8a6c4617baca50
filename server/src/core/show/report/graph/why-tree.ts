import type { DependencyGraph, NodeNumber } from '../../../read/graph/dependency-graph.ts';
import { describeNode } from '../../../read/graph/describe-package.ts';
import type { GraphPath } from '../../../read/graph/shortest-paths.ts';
import { type WhyInstalled, whyInstalled } from '../../../read/graph/why-installed.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import type { GraphedLockfile } from './graph-json.ts';
import { type ShownVersion, shownVersions } from './why-versions.ts';

/** The matches in one lockfile. */
export interface FoundNodes {
  readonly lockfile: GraphedLockfile;
  readonly graph: DependencyGraph;
  readonly nodes: readonly NodeNumber[];
}

/** Nobody reads more; the text states how many there are. */
const MOST_VERSIONS = 6;
const MOST_DEPENDENTS = 12;
const MOST_STEPS = 9;
/** Limits of importers, and of paths from each: lower for several versions, as each has its own. */
const OF_ONE: Bounds = { importers: 5, paths: 4 };
const OF_SEVERAL: Bounds = { importers: 3, paths: 3 };

export interface Bounds {
  readonly importers: number;
  readonly paths: number;
}

/** A matching version with its dependency paths. */
export interface ExplainedVersion {
  readonly version: ShownVersion;
  readonly why: WhyInstalled;
}

/** The matches of a lockfile that are explained, and how many are not. */
export interface ExplainedNodes {
  readonly versions: readonly ShownVersion[];
  readonly shown: readonly ExplainedVersion[];
  readonly more: number;
  readonly most: Bounds;
}

/** Returns the dependency paths to the first matching versions. */
export function explainNodes({ graph, nodes }: FoundNodes): ExplainedNodes {
  const versions = shownVersions(graph, nodes);
  const shown = versions
    .slice(0, MOST_VERSIONS)
    .map((version) => ({ version, why: whyInstalled(graph, version.nodes, MOST_DEPENDENTS) }));
  const most = versions.length > 1 ? OF_SEVERAL : OF_ONE;
  return { versions, shown, more: versions.length - shown.length, most };
}

/** Returns facts that apply to every copy; sources, scripts and deprecation if they apply to any. */
export function factsOf(
  graph: DependencyGraph,
  { nodes, ways, dependents }: WhyInstalled,
): readonly string[] {
  const instances = nodes.map((node) => graph.packages[node]).filter((instance) => instance !== undefined);
  if (instances.length === 0) return dependents === 0 ? ['nothing depends on it'] : [];
  const facts: string[] = [];
  if (instances.length > 1) facts.push(plural(instances.length, 'copy', 'copies'));
  for (const source of new Set(instances.map(({ entry }) => entry.source))) {
    if (source !== 'registry') facts.push(`from ${SOURCES[source]}`);
  }
  if (instances.every(({ dev }) => dev)) facts.push('development');
  if (instances.every(({ optional }) => optional)) facts.push('optional');
  if (instances.every(({ peer }) => peer)) facts.push('peer');
  if (instances.every(({ entry }) => entry.bundled)) facts.push('bundled');
  if (instances.some(({ installScript }) => installScript === true)) facts.push('has an install script');
  if (instances.some(({ entry }) => entry.deprecated !== undefined)) facts.push('deprecated');
  if (dependents === 0)
    facts.push(graph.lockfile.recordsEdges ? 'nothing asks for it' : 'its dependents are unknown');
  else if (ways.length === 0) facts.push('no importer leads to it');
  return facts;
}

const SOURCES = {
  registry: 'a registry',
  git: 'git',
  tarball: 'a URL',
  file: 'a local file',
  directory: 'a local folder',
  link: 'a link',
  workspace: 'the workspace',
  root: 'the workspace',
} as const;

/** A node of a tree: an edge, or a run of omitted edges, with its children. */
export interface Branch {
  readonly edge: number;
  readonly skipped: number;
  readonly children: Branch[];
}

/** Merges paths into a tree. */
export function branchesOf(paths: readonly GraphPath[]): readonly Branch[] {
  const branches: Branch[] = [];
  for (const path of paths) addPath(branches, path);
  return branches;
}

/** Adds a path to the tree, without the middle of a long one. */
function addPath(branches: Branch[], path: GraphPath): void {
  const steps = path.edges;
  const isLong = steps.length > MOST_STEPS;
  const kept = isLong ? [...steps.slice(0, 4), ...steps.slice(4 - MOST_STEPS)] : steps;
  let level = branches;
  kept.forEach((edge, at) => {
    const skipped = isLong && at === 4 ? steps.length - MOST_STEPS : 0;
    let branch = level.find((known) => known.edge === edge && known.skipped === skipped);
    if (branch === undefined) {
      branch = { edge, skipped, children: [] };
      level.push(branch);
    }
    level = branch.children;
  });
}

/** Describes what is left out below an importer list: more importers, and dependents that were not followed. */
export function describeRest({ ways, dependents, followed }: WhyInstalled, most: Bounds): readonly string[] {
  const importers = ways.length - most.importers;
  const unfollowed = dependents - followed;
  return [
    ...(importers > 0 ? [`and from ${plural(importers, 'more importer')}`] : []),
    ...(unfollowed > 0
      ? [`and through ${plural(unfollowed, 'more package')} that ${unfollowed === 1 ? 'asks' : 'ask'} for it`]
      : []),
  ];
}

/** Formats the target of an edge, with the name it is imported under if that is an alias. */
export function describeTarget(graph: DependencyGraph, edge: number): string {
  const to = graph.edges.to[edge]!;
  const instance = graph.packages[to];
  const name = graph.edges.names[edge]!;
  const words = describeNode(graph, to);
  const isAlias = instance !== undefined && name !== instance.name && name !== instance.alias;
  return isAlias ? `${words} as ${visibleText(name)}` : words;
}
